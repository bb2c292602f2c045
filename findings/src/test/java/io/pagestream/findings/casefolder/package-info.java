/** Tests of this package. */
@NullMarked
package io.pagestream.findings.casefolder;

import org.jspecify.annotations.NullMarked;
