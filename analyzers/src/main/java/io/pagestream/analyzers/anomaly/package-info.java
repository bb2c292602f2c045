/** Mappings in page tables that normal systems do not have. */
@NullMarked
package io.pagestream.analyzers.anomaly;

import org.jspecify.annotations.NullMarked;
