/** Tests of this package. */
@NullMarked
package io.pagestream.cases.terminal;

import org.jspecify.annotations.NullMarked;
