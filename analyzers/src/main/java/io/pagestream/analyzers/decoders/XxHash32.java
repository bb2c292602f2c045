package io.pagestream.analyzers.decoders;

import io.pagestream.schemas.lz.EncodedBytes;

/** xxHash with 32 bits and seed 0, as in the checksums of LZ4 frames (its specification, 0.1.2). */
final class XxHash32 {
  private static final int PRIME1 = 0x9e3779b1;
  private static final int PRIME2 = 0x85ebca77;
  private static final int PRIME3 = 0xc2b2ae3d;
  private static final int PRIME4 = 0x27d4eb2f;
  private static final int PRIME5 = 0x165667b1;
  private static final int PRIME1_PLUS_2 = 0x24234428;
  private static final int STRIPE = 16;

  private XxHash32() {}

  static int of(EncodedBytes in, int from, int length) {
    int at = from;
    int end = from + length;
    int hash = PRIME5;
    if (length >= STRIPE) {
      int a = PRIME1_PLUS_2;
      int b = PRIME2;
      int c = 0;
      int d = -PRIME1;
      for (; at <= end - STRIPE; at += STRIPE) {
        a = round(a, in, at);
        b = round(b, in, at + 4);
        c = round(c, in, at + 8);
        d = round(d, in, at + 12);
      }
      hash =
          Integer.rotateLeft(a, 1)
              + Integer.rotateLeft(b, 7)
              + Integer.rotateLeft(c, 12)
              + Integer.rotateLeft(d, 18);
    }
    hash += length;
    for (; at <= end - 4; at += 4) {
      hash = Integer.rotateLeft(hash + (int) in.u32(at) * PRIME3, 17) * PRIME4;
    }
    for (; at < end; at++) {
      hash = Integer.rotateLeft(hash + in.u8(at) * PRIME5, 11) * PRIME1;
    }
    hash = (hash ^ hash >>> 15) * PRIME2;
    hash = (hash ^ hash >>> 13) * PRIME3;
    return hash ^ hash >>> 16;
  }

  private static int round(int lane, EncodedBytes in, int at) {
    return Integer.rotateLeft(lane + (int) in.u32(at) * PRIME2, 13) * PRIME1;
  }
}
