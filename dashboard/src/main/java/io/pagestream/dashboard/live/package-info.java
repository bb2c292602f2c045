/** A case that is still being analysed, followed through its topics. */
@NullMarked
package io.pagestream.dashboard.live;

import org.jspecify.annotations.NullMarked;
