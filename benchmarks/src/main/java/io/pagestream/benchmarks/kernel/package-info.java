/** What it costs to read the kernel's records. */
@NullMarked
package io.pagestream.benchmarks.kernel;

import org.jspecify.annotations.NullMarked;
