/** Tests of this package. */
@NullMarked
package io.pagestream.findings.tally;

import org.jspecify.annotations.NullMarked;
