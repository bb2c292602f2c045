/** {@code pagestream verify}: whether a case is what was sealed, and whether it is consistent. */
@NullMarked
package io.pagestream.findings.verify;

import org.jspecify.annotations.NullMarked;
