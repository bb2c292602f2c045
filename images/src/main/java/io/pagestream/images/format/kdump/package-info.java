/** Compressed kernel dumps written by makedumpfile, diskdump and QEMU. */
@NullMarked
package io.pagestream.images.format.kdump;

import org.jspecify.annotations.NullMarked;
