/** Tests of this package. */
@NullMarked
package io.pagestream.findings;

import org.jspecify.annotations.NullMarked;
