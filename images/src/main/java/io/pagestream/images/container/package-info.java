/** What may be wrapped around an image: gzip, zstd, xz, and makedumpfile's flattened form. */
@NullMarked
package io.pagestream.images.container;

import org.jspecify.annotations.NullMarked;
