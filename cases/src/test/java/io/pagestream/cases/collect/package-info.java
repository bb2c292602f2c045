/** Tests of this package. */
@NullMarked
package io.pagestream.cases.collect;

import org.jspecify.annotations.NullMarked;
