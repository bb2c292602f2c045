/** The identity of findings: ids that can be recomputed from the content. */
@NullMarked
package io.pagestream.schemas.finding;

import org.jspecify.annotations.NullMarked;
