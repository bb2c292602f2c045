/** Conversion of a memory image to another format. */
@NullMarked
package io.pagestream.images.conversion;

import org.jspecify.annotations.NullMarked;
