/** Tests of this package. */
@NullMarked
package io.pagestream.cases.verify;

import org.jspecify.annotations.NullMarked;
