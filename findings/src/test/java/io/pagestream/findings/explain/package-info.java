/** Tests of this package. */
@NullMarked
package io.pagestream.findings.explain;

import org.jspecify.annotations.NullMarked;
