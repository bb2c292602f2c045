package io.pagestream.analyzers.records;

import java.time.Instant;

/**
 * Time stamps of records as ISO 8601 in UTC, with all digits that the record stores. A time stamp
 * outside of 1980 to 2099 is regarded as no time.
 */
public final class Times {
  /** Seconds from 1601, the epoch of FILETIME (MS-DTYP, section 2.3.3), to 1970. */
  private static final long FILETIME_EPOCH = 11_644_473_600L;

  private static final long FIRST = Instant.parse("1980-01-01T00:00:00Z").getEpochSecond();
  private static final long LAST = Instant.parse("2100-01-01T00:00:00Z").getEpochSecond();
  private static final long TICKS = 10_000_000;

  private Times() {}

  /** Whether a FILETIME (100 ns since 1601) is a plausible time. */
  public static boolean isFiletime(long ticks) {
    long second = ticks / TICKS - FILETIME_EPOCH;
    return ticks > 0 && second >= FIRST && second < LAST;
  }

  /** A FILETIME as text: {@code 2024-05-06T07:08:09.1234567Z}. */
  public static String filetime(long ticks) {
    return "%s.%07dZ".formatted(toSecond(ticks / TICKS - FILETIME_EPOCH), ticks % TICKS);
  }

  /** Whether seconds since 1970 are a plausible time. */
  public static boolean isUnix(long second) {
    return second >= FIRST && second < LAST;
  }

  /** Seconds since 1970 as text: {@code 2024-05-06T07:08:09Z}. */
  public static String unix(long second) {
    return toSecond(second) + "Z";
  }

  /** Seconds and microseconds since 1970 as text: {@code 2024-05-06T07:08:09.123456Z}. */
  public static String unix(long second, long micros) {
    return "%s.%06dZ".formatted(toSecond(second), micros);
  }

  private static String toSecond(long second) {
    String text = Instant.ofEpochSecond(second).toString();
    return text.substring(0, text.length() - 1);
  }
}
