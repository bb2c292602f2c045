/** Cases as the dashboard shows them: a finished one from its folder, or a live one as it grows. */
@NullMarked
package io.pagestream.findings.web.source;

import org.jspecify.annotations.NullMarked;
