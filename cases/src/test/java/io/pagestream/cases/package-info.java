/** Tests of this package. */
@NullMarked
package io.pagestream.cases;

import org.jspecify.annotations.NullMarked;
