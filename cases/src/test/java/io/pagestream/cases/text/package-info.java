/** Tests of this package. */
@NullMarked
package io.pagestream.cases.text;

import org.jspecify.annotations.NullMarked;
