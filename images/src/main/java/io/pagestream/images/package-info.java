/** Detection, grouping and opening of memory images: the entry point to the packages below. */
@NullMarked
package io.pagestream.images;

import org.jspecify.annotations.NullMarked;
