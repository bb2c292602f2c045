/** Tests of this package. */
@NullMarked
package io.pagestream.findings.signature;

import org.jspecify.annotations.NullMarked;
