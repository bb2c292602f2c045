package io.pagestream.findings.web.map;

/** How evenly the byte values of a page are spread: Shannon's entropy over single bytes. */
public final class Entropy {
  private static final int VALUES = 256;

  private Entropy() {}

  /** Entropy in hundredths of a bit a byte: 0 for equal bytes, 800 for all values alike. */
  public static int centibits(byte[] page) {
    int[] counts = new int[VALUES];
    for (byte value : page) {
      counts[value & 0xFF]++;
    }
    double bits = 0;
    for (int count : counts) {
      if (count > 0) {
        double share = (double) count / page.length;
        bits -= share * Math.log(share) / Math.log(2);
      }
    }
    return (int) Math.round(bits * 100);
  }
}
