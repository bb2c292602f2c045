package io.pagestream.images.format.hiberfil;

import java.time.Instant;
import java.util.Optional;

/** Times in units of 100 nanoseconds since 1601. */
final class FileTime {
  private static final long EPOCH_SECONDS = 11_644_473_600L;
  private static final long UNITS_PER_SECOND = 10_000_000L;

  /** The first Windows with hibernation files is of 2000; later than 2100 is damage. */
  private static final Instant FIRST = Instant.parse("1999-01-01T00:00:00Z");

  private static final Instant LAST = Instant.parse("2100-01-01T00:00:00Z");

  private FileTime() {}

  /** The time as text, in UTC; empty if it is impossible. */
  static Optional<String> of(long units) {
    Instant time = Instant.ofEpochSecond(units / UNITS_PER_SECOND - EPOCH_SECONDS);
    return time.isBefore(FIRST) || time.isAfter(LAST)
        ? Optional.empty()
        : Optional.of(time.toString());
  }
}
