package io.pagestream.cases.terminal;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Bytes per second over the last seconds, so that changes are visible and short pauses are
 * smoothed.
 */
final class Throughput {
  private static final long WINDOW_NANOS = 10_000_000_000L;

  /** Samples closer than this are combined, which bounds their number. */
  private static final long STEP_NANOS = 100_000_000L;

  private final Deque<Sample> samples = new ArrayDeque<>();

  private record Sample(long nanos, long bytes) {}

  /** Adds a sample and returns the rate; 0 before there are two. */
  double sample(long nanos, long bytes) {
    while (samples.size() > 1 && nanos - samples.getFirst().nanos > WINDOW_NANOS) {
      samples.removeFirst();
    }
    if (samples.isEmpty() || nanos - samples.getLast().nanos >= STEP_NANOS) {
      samples.addLast(new Sample(nanos, bytes));
    }
    Sample first = samples.getFirst();
    return nanos == first.nanos ? 0 : (bytes - first.bytes) * 1e9 / (nanos - first.nanos);
  }
}
