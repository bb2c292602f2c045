package io.pagestream.dashboard.live;

import java.util.ArrayDeque;

/** The speed of a stage over the last ten seconds. */
final class StageSpeed {
  private static final long WINDOW_NANOS = 10_000_000_000L;

  private final ArrayDeque<long[]> samples = new ArrayDeque<>();

  /** Adds a sample of the number of finished pages. */
  void note(long nanos, long pages) {
    long[] last = samples.peekLast();
    if (last != null && nanos - last[0] < WINDOW_NANOS / 40) {
      return; // forty samples are enough
    }
    samples.addLast(new long[] {nanos, pages});
    while (samples.size() > 2 && nanos - samples.getFirst()[0] > WINDOW_NANOS) {
      samples.removeFirst();
    }
  }

  /** Pages per second; 0 before there are two samples. */
  double pagesPerSecond() {
    if (samples.size() < 2) {
      return 0;
    }
    long[] first = samples.getFirst();
    long[] last = samples.getLast();
    return Math.max(0, (last[1] - first[1]) * 1e9 / Math.max(1, last[0] - first[0]));
  }
}
