/** The bytes of pages, read from image files if these are available. */
@NullMarked
package io.pagestream.cases.bytes;

import org.jspecify.annotations.NullMarked;
