/** {@code pagestream verify}: whether a case is what was sealed, and whether it is consistent. */
@NullMarked
package io.pagestream.cases.verify;

import org.jspecify.annotations.NullMarked;
