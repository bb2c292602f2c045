/** The findings store and the exports with millions of synthetic findings. */
@NullMarked
package io.pagestream.benchmarks.store;

import org.jspecify.annotations.NullMarked;
