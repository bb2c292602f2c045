/** Tests of this package. */
@NullMarked
package io.pagestream.findings.live;

import org.jspecify.annotations.NullMarked;
