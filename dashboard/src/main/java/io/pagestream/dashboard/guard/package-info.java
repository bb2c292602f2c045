/** Checks before a request is processed: access, origin and rate. */
@NullMarked
package io.pagestream.dashboard.guard;

import org.jspecify.annotations.NullMarked;
