/** Connections of the dashboard: limits on their number and time. */
@NullMarked
package io.pagestream.dashboard.connection;

import org.jspecify.annotations.NullMarked;
