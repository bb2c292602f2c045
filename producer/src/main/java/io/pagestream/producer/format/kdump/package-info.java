/** Compressed kernel dumps as makedumpfile, diskdump and QEMU write them. */
@NullMarked
package io.pagestream.producer.format.kdump;

import org.jspecify.annotations.NullMarked;
