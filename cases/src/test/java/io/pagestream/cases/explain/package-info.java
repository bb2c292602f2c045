/** Tests of this package. */
@NullMarked
package io.pagestream.cases.explain;

import org.jspecify.annotations.NullMarked;
