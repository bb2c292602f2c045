/**
 * What judging costs, without Kafka. Run with {@code -prof gc} for {@code gc.alloc.rate.norm}, the
 * bytes allocated for a run.
 */
@NullMarked
package io.pagestream.benchmarks.mapper;

import org.jspecify.annotations.NullMarked;
