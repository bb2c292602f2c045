/** {@code pagestream verify}: checks whether a case matches its seal and is consistent. */
@NullMarked
package io.pagestream.cases.verify;

import org.jspecify.annotations.NullMarked;
