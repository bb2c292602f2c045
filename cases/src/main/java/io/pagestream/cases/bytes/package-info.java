/** The bytes of pages, read from image files where they can be reached. */
@NullMarked
package io.pagestream.cases.bytes;

import org.jspecify.annotations.NullMarked;
