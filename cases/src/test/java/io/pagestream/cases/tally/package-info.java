/** Tests of this package. */
@NullMarked
package io.pagestream.cases.tally;

import org.jspecify.annotations.NullMarked;
