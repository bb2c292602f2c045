/** Tests of this package. */
@NullMarked
package io.pagestream.cases.live;

import org.jspecify.annotations.NullMarked;
