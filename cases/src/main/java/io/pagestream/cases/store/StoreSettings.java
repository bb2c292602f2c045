package io.pagestream.cases.store;

import java.time.Duration;

/**
 * Limits of a store.
 *
 * @param memoryMebibytes memory that DuckDB may use in addition to the Java heap, in MiB, at least
 *     64; data that does not fit is written to temporary files
 * @param threads number of threads for one query, at least 1
 * @param timeout maximum time for one query; zero for no limit
 */
public record StoreSettings(int memoryMebibytes, int threads, Duration timeout) {
  /** 512 MiB, one thread per processor but at most 8, one minute. */
  public static final StoreSettings DEFAULT =
      new StoreSettings(
          512, Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 8), Duration.ofMinutes(1));

  private static final int LEAST_MEBIBYTES = 64;

  /** Checks the limits. */
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
