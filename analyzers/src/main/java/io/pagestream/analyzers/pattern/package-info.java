/**
 * Many regular expressions in one pass over native memory: Vectorscan (Hyperscan's API) called
 * through the FFM API.
 *
 * <p>Its own traps, measured: an expression that ends in NULs makes the whole set slow in memory
 * that is mostly zero, and the start of a match is dear. So an expression here is a short
 * <em>anchor</em> in the middle of an artifact, and what surrounds it is validated in Java.
 */
@NullMarked
package io.pagestream.analyzers.pattern;

import org.jspecify.annotations.NullMarked;
