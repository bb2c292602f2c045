/** Tests of this package. */
@NullMarked
package io.pagestream.findings.verdicts;

import org.jspecify.annotations.NullMarked;
