/** Files of unsupported formats, distinguished from raw memory by their signatures. */
@NullMarked
package io.pagestream.images.foreign;

import org.jspecify.annotations.NullMarked;
