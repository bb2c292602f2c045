/** Compressed kernel dumps as makedumpfile, diskdump and QEMU write them. */
@NullMarked
package io.pagestream.images.format.kdump;

import org.jspecify.annotations.NullMarked;
