/** Tests of this package. */
@NullMarked
package io.pagestream.findings.collect;

import org.jspecify.annotations.NullMarked;
