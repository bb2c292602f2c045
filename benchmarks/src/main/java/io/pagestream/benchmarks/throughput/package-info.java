/**
 * Throughput from end to end, of each stage alone, and of the broker: what {@code benchmarks/run}
 * starts. {@link io.pagestream.benchmarks.throughput.Throughput} makes the inputs, starts each case
 * in a JVM of its own and prints the tables; {@link io.pagestream.benchmarks.throughput.CaseJvm} is
 * what those JVMs run.
 */
@NullMarked
package io.pagestream.benchmarks.throughput;

import org.jspecify.annotations.NullMarked;
