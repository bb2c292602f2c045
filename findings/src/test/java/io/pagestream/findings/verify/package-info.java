/** Tests of this package. */
@NullMarked
package io.pagestream.findings.verify;

import org.jspecify.annotations.NullMarked;
