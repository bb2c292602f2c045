/** The interface of image formats, and code that several formats share. */
@NullMarked
package io.pagestream.images.format;

import org.jspecify.annotations.NullMarked;
