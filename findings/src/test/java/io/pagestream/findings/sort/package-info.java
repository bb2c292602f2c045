/** Tests of this package. */
@NullMarked
package io.pagestream.findings.sort;

import org.jspecify.annotations.NullMarked;
