package io.pagestream.images.format.qemu;

/**
 * A page in a stream, as one number: its kind in the two lowest bits, and above them an offset of
 * the stream or a byte.
 */
final class PageRecord {
  /** All bytes of the page have one value. */
  static final int FILL = 0;

  /** The page's bytes are at an offset. */
  static final int STORED = 1;

  /** At an offset are a length (u32) and a zlib stream of that length. */
  static final int COMPRESSED = 2;

  private PageRecord() {}

  static long fill(int value) {
    return (long) value << 2 | FILL;
  }

  static long stored(long offset) {
    return offset << 2 | STORED;
  }

  static long compressed(long offset) {
    return offset << 2 | COMPRESSED;
  }

  static int kind(long page) {
    return (int) (page & 3);
  }

  /** The offset, or the byte of a {@link #FILL}. */
  static long value(long page) {
    return page >> 2;
  }
}
