/** Cases as the dashboard shows them: a finished one from its folder, or a live one as it grows. */
@NullMarked
package io.pagestream.dashboard.source;

import org.jspecify.annotations.NullMarked;
