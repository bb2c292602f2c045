/** Tests of this package. */
@NullMarked
package io.pagestream.cases.verdicts;

import org.jspecify.annotations.NullMarked;
