package io.pagestream.analyzers.decoders;

import io.pagestream.schemas.lz.EncodedBytes;

/** Reads bits, the highest of each byte first. Beyond the visible bytes it returns zeros. */
final class BitReader {
  private EncodedBytes in = new EncodedBytes();
  private int at;
  private long buffer;
  private int count;
  private boolean ended;

  void open(EncodedBytes bytes, int from) {
    in = bytes;
    at = from;
    buffer = 0;
    count = 0;
    ended = false;
  }

  /** Up to 32 bits. */
  long bits(int wanted) {
    while (count < wanted) {
      boolean visible = in.has(at, 1);
      buffer = buffer << 8 | (visible ? in.u8(at) : 0);
      ended |= !visible;
      at++;
      count += 8;
    }
    count -= wanted;
    return (buffer >>> count) & ((1L << wanted) - 1);
  }

  int bit() {
    return (int) bits(1);
  }

  /** Whether bits beyond the visible bytes were read. */
  boolean ended() {
    return ended;
  }

  /** Bytes read so far. */
  int position() {
    return at;
  }
}
