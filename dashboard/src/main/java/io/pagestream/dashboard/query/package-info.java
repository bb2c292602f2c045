/** What a client asks, read from its address with bounds, as SQL with parameters. */
@NullMarked
package io.pagestream.dashboard.query;

import org.jspecify.annotations.NullMarked;
