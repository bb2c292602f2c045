package io.pagestream.schemas.page;

import java.nio.ByteBuffer;

/** The distribution of the byte values of a page: Shannon's entropy over single bytes. */
public final class Entropy {
  private static final int VALUES = 256;

  private Entropy() {}

  /** Entropy in hundredths of a bit per byte: 0 for equal bytes, 800 for a uniform distribution. */
  public static int centibits(ByteBuffer page) {
    int[] counts = new int[VALUES];
    for (int i = 0; i < page.limit(); i++) {
      counts[page.get(i) & 0xFF]++;
    }
    double bits = 0;
    for (int count : counts) {
      if (count > 0) {
        double share = (double) count / page.limit();
        bits -= share * Math.log(share) / Math.log(2);
      }
    }
    return (int) Math.round(bits * 100);
  }
}
