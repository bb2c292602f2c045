/** Tests of the pages that were not analyzed. */
@NullMarked
package io.pagestream.cases.coverage;

import org.jspecify.annotations.NullMarked;
