/** Sources of the dashboard: a finished case in its folder, or a live case. */
@NullMarked
package io.pagestream.dashboard.source;

import org.jspecify.annotations.NullMarked;
