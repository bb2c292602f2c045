/** Tests of this package. */
@NullMarked
package io.pagestream.cases.map;

import org.jspecify.annotations.NullMarked;
