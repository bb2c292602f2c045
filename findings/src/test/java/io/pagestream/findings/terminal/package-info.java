/** Tests of this package. */
@NullMarked
package io.pagestream.findings.terminal;

import org.jspecify.annotations.NullMarked;
