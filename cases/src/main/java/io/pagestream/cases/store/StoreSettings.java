package io.pagestream.cases.store;

import java.time.Duration;

/**
 * Bounds of a store.
 *
 * @param memoryMebibytes memory that DuckDB may take beside the Java heap, in MiB, at least 64;
 *     what does not fit goes to temporary files
 * @param threads threads that work on one question, at least 1
 * @param timeout longest time for one question; zero for no limit
 */
public record StoreSettings(int memoryMebibytes, int threads, Duration timeout) {
  /** 512 MiB, as many threads as there are processors but no more than 8, a minute. */
  public static final StoreSettings DEFAULT =
      new StoreSettings(
          512, Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 8), Duration.ofMinutes(1));

  private static final int LEAST_MEBIBYTES = 64;

  /** Checks the bounds. */
  public StoreSettings {
    if (memoryMebibytes < LEAST_MEBIBYTES || threads < 1 || timeout.isNegative()) {
      throw new IllegalArgumentException(
          "impossible store settings: %d MiB, %d threads, %s"
              .formatted(memoryMebibytes, threads, timeout));
    }
  }

  /** The same with another limit on memory. */
  public StoreSettings withMemoryMebibytes(int mebibytes) {
    return new StoreSettings(mebibytes, threads, timeout);
  }

  /** The same with another limit on time. */
  public StoreSettings withTimeout(Duration limit) {
    return new StoreSettings(memoryMebibytes, threads, limit);
  }
}
