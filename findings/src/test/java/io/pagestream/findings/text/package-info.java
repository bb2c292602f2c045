/** Tests of this package. */
@NullMarked
package io.pagestream.findings.text;

import org.jspecify.annotations.NullMarked;
