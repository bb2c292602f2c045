/** Tests of this package. */
@NullMarked
package io.pagestream.cases.signature;

import org.jspecify.annotations.NullMarked;
