package io.pagestream.dashboard.guard;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How often each client asks: a bucket that fills at a steady rate, from which every request takes
 * one. The clients remembered are bounded; the one that has been quiet for longest is forgotten.
 */
public final class ClientRates {
  private static final int MOST_CLIENTS = 4096;
  private static final double NANOS = 1e9;

  private final double perSecond;
  private final double burst;
  private final LongSupplier nanoTime;
  private final Map<String, Bucket> buckets =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > MOST_CLIENTS;
        }
      };

  private static final class Bucket {
    private double left;
    private long at;
  }

  /**
   * Empty books.
   *
   * @param perSecond requests a second that go on for ever
   * @param burst requests that may come at once
   * @param nanoTime a clock that only goes forward, in nanoseconds
   */
  public ClientRates(double perSecond, double burst, LongSupplier nanoTime) {
    this.perSecond = perSecond;
    this.burst = burst;
    this.nanoTime = nanoTime;
  }

  /** Whether a client may ask once more now; counts it if so. */
  public synchronized boolean admits(String client) {
    long now = nanoTime.getAsLong();
    Bucket bucket = buckets.get(client);
    if (bucket == null) {
      bucket = new Bucket();
      bucket.left = burst;
      bucket.at = now;
      buckets.put(client, bucket);
    }
    bucket.left = Math.min(burst, bucket.left + (now - bucket.at) / NANOS * perSecond);
    bucket.at = now;
    if (bucket.left < 1) {
      return false;
    }
    bucket.left--;
    return true;
  }
}
