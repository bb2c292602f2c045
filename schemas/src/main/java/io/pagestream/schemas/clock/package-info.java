/** Time as waiting code should count it: without the time in which the process was stopped. */
@NullMarked
package io.pagestream.schemas.clock;

import org.jspecify.annotations.NullMarked;
