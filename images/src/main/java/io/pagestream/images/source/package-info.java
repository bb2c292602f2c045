/** Bytes of image files: positional reads, never a mapping of the whole file. */
@NullMarked
package io.pagestream.images.source;

import org.jspecify.annotations.NullMarked;
