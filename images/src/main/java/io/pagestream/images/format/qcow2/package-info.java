/** QEMU's disk images with the memory that {@code savevm} stores in them. */
@NullMarked
package io.pagestream.images.format.qcow2;

import org.jspecify.annotations.NullMarked;
