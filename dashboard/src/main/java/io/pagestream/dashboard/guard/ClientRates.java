package io.pagestream.dashboard.guard;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Limits the request rate of each client with a token bucket that fills at a steady rate. The
 * number of remembered clients is bounded; the least recently active one is forgotten.
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
   * Creates limits without clients.
   *
   * @param perSecond sustained requests per second
   * @param burst maximum number of requests at once
   * @param nanoTime a clock that only goes forward, in nanoseconds
   */
  public ClientRates(double perSecond, double burst, LongSupplier nanoTime) {
    this.perSecond = perSecond;
    this.burst = burst;
    this.nanoTime = nanoTime;
  }

  /** Whether a client may send another request now; counts it if so. */
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
