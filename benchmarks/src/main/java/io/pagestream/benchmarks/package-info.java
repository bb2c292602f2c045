/** How fast the parts are, each alone and together; figures are kept in {@code RESULTS.md}. */
@NullMarked
package io.pagestream.benchmarks;

import org.jspecify.annotations.NullMarked;
