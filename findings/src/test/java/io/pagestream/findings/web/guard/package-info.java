/** Tests. */
@NullMarked
package io.pagestream.findings.web.guard;

import org.jspecify.annotations.NullMarked;
