/** A case that is still being analysed, followed through its topics. */
@NullMarked
package io.pagestream.findings.web.live;

import org.jspecify.annotations.NullMarked;
