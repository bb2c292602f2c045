package io.pagestream.cases.text;

import java.time.Duration;
import java.util.Locale;

/** Quantities formatted for display. */
public final class Quantities {
  private static final String[] BINARY = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

  private Quantities() {}

  /** A count with separators: {@code 12,345}. */
  public static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** Bytes in binary units: {@code 128.0 MiB}. */
  public static String bytes(long bytes) {
    int unit = 0;
    double amount = bytes;
    while (amount >= 1024 && unit < BINARY.length - 1) {
      amount /= 1024;
      unit++;
    }
    return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", amount, BINARY[unit]);
  }

  /** A rate in decimal megabytes: {@code 212 MB/s}, with one more digit if it is small. */
  public static String rate(double bytesPerSecond) {
    double megabytes = bytesPerSecond / 1e6;
    return String.format(Locale.ROOT, megabytes < 10 ? "%.1f MB/s" : "%.0f MB/s", megabytes);
  }

  /** A duration: {@code 0:42}, {@code 12:05}, {@code 3:12:05}. */
  public static String clock(Duration time) {
    long seconds = time.toSeconds();
    return seconds < 3600
        ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
        : String.format(
            Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }

  /** An address in hex: {@code 0x1f3a000}. */
  public static String address(long physicalAddress) {
    return "0x" + Long.toHexString(physicalAddress);
  }
}
