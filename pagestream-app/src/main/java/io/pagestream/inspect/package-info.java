/** Information about an image, without analyzing it. */
@NullMarked
package io.pagestream.inspect;

import org.jspecify.annotations.NullMarked;
