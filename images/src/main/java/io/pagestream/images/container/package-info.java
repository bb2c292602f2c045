/**
 * Compression and containers of images: gzip, zstd, xz, bzip2, lz4, zip with one member, libvirt's
 * save file, and makedumpfile's flattened format.
 */
@NullMarked
package io.pagestream.images.container;

import org.jspecify.annotations.NullMarked;
