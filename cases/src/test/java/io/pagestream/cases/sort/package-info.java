/** Tests of this package. */
@NullMarked
package io.pagestream.cases.sort;

import org.jspecify.annotations.NullMarked;
