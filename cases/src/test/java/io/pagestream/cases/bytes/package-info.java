/** Tests of reading image files. */
@NullMarked
package io.pagestream.cases.bytes;

import org.jspecify.annotations.NullMarked;
