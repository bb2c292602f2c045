/** A case that is still being analyzed, followed through its topics. */
@NullMarked
package io.pagestream.dashboard.live;

import org.jspecify.annotations.NullMarked;
