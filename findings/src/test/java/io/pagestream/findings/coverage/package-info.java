/** Tests of the pages that no analyzer saw. */
@NullMarked
package io.pagestream.findings.coverage;

import org.jspecify.annotations.NullMarked;
