/** QEMU's migration stream: migration to a file, savevm, virsh save. */
@NullMarked
package io.pagestream.images.format.qemu;

import org.jspecify.annotations.NullMarked;
