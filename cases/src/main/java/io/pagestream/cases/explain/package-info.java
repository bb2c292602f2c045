/**
 * The story of one page of a finished case, in plain words: which range, who says so, what the page
 * tables say, what was asked, which row of the cache policy decided, what was done.
 */
@NullMarked
package io.pagestream.cases.explain;

import org.jspecify.annotations.NullMarked;
