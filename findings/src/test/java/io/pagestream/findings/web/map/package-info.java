/** Tests. */
@NullMarked
package io.pagestream.findings.web.map;

import org.jspecify.annotations.NullMarked;
