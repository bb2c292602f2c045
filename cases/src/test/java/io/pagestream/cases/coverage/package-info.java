/** Tests of the pages that no analyzer saw. */
@NullMarked
package io.pagestream.cases.coverage;

import org.jspecify.annotations.NullMarked;
