/** Tests of this package. */
@NullMarked
package io.pagestream.findings.picture;

import org.jspecify.annotations.NullMarked;
