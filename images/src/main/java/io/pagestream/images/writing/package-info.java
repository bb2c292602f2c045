/**
 * Writing memory images: what formats need to write one ({@link
 * io.pagestream.images.writing.StoredMemory}, {@link io.pagestream.images.writing.ImageOutput}).
 * Each {@link io.pagestream.images.writing.ImageWriter} is in the package of its format.
 */
@NullMarked
package io.pagestream.images.writing;

import org.jspecify.annotations.NullMarked;
