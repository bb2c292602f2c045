/** Compression and containers of images: gzip, zstd, xz, and makedumpfile's flattened format. */
@NullMarked
package io.pagestream.images.container;

import org.jspecify.annotations.NullMarked;
