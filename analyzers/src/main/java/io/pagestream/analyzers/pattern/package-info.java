/**
 * Many regular expressions in one pass over native memory: Vectorscan (Hyperscan's API) called
 * through the FFM API.
 *
 * <p>Measurements show two problems: an expression that ends in NULs makes the whole set slow in
 * memory that is mostly zero, and determining the start of a match is expensive. An expression is
 * therefore a short <em>anchor</em> in the middle of an artifact, and the bytes around it are
 * validated in Java.
 */
@NullMarked
package io.pagestream.analyzers.pattern;

import org.jspecify.annotations.NullMarked;
