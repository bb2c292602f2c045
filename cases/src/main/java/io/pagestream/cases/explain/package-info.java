/**
 * Explains the verdict for one page of a finished case: its range and the source of it, the page
 * tables, the request, the deciding row of the cache policy, and the result.
 */
@NullMarked
package io.pagestream.cases.explain;

import org.jspecify.annotations.NullMarked;
