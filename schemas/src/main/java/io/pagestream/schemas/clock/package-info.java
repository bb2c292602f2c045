/** Time for waiting code: without the time during which the process was stopped. */
@NullMarked
package io.pagestream.schemas.clock;

import org.jspecify.annotations.NullMarked;
