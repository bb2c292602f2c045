/** Connections of the dashboard: how many, and how long a client may take. */
@NullMarked
package io.pagestream.dashboard.connection;

import org.jspecify.annotations.NullMarked;
