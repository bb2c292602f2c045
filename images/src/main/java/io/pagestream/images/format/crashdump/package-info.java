/** Windows crash dumps: full, bitmap, active and kernel dumps, of 64-bit and 32-bit systems. */
@NullMarked
package io.pagestream.images.format.crashdump;

import org.jspecify.annotations.NullMarked;
