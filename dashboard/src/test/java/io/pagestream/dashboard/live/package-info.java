/** Tests. */
@NullMarked
package io.pagestream.dashboard.live;

import org.jspecify.annotations.NullMarked;
