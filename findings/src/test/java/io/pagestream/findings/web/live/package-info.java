/** Tests. */
@NullMarked
package io.pagestream.findings.web.live;

import org.jspecify.annotations.NullMarked;
