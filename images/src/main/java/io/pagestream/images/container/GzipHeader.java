package io.pagestream.images.container;

import java.io.IOException;

/** The header of a gzip member (RFC 1952, 2.3). */
final class GzipHeader {
  private static final int HAS_CRC = 2;
  private static final int HAS_EXTRA = 4;
  private static final int HAS_NAME = 8;
  private static final int HAS_COMMENT = 16;
  private static final int RESERVED = 0xE0;

  private GzipHeader() {}

  /**
   * Skips a header: 1F 8B, 8 for deflate, flags, 4 time, 1 extra flags, 1 system, then the fields
   * given by the flags.
   *
   * @return whether there is one; if not, the input is at some position after its start
   */
  static boolean skip(CompressedInput input) throws IOException {
    if (input.next() != 0x1F || input.next() != 0x8B || input.next() != 8) {
      return false;
    }
    int flags = input.require();
    if ((flags & RESERVED) != 0) {
      return false;
    }
    skip(input, 6);
    if ((flags & HAS_EXTRA) != 0) {
      skip(input, input.require() | input.require() << 8);
    }
    if ((flags & HAS_NAME) != 0) {
      skipText(input);
    }
    if ((flags & HAS_COMMENT) != 0) {
      skipText(input);
    }
    if ((flags & HAS_CRC) != 0) {
      skip(input, 2);
    }
    return true;
  }

  private static void skip(CompressedInput input, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      input.require();
    }
  }

  private static void skipText(CompressedInput input) throws IOException {
    while (input.require() != 0) {
      // The name is not used: the content determines the format.
    }
  }
}
