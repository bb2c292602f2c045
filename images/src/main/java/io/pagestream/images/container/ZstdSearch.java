package io.pagestream.images.container;

import java.io.IOException;

/** Finds the next frame of a damaged zstd file. */
final class ZstdSearch {
  private ZstdSearch() {}

  /**
   * Offset of the first magic number, from an offset on, that is followed by a frame header, or the
   * input's length. The position of the input is undefined afterwards.
   */
  static long next(CompressedInput input, long from) {
    long at = from;
    while (at < input.length()) {
      try {
        long candidate = magic(input, at);
        if (candidate < 0) {
          return input.length();
        }
        at = candidate + 1;
        if (isHeader(input)) {
          return candidate;
        }
      } catch (BadSector e) {
        at = e.next();
      }
    }
    return input.length();
  }

  private static long magic(CompressedInput input, long from) throws BadSector {
    input.seek(from);
    int last = 0;
    for (int value = input.next(); value >= 0; value = input.next()) {
      last = last >>> 8 | value << 24;
      if (last == ZstdFrameHeader.MAGIC) {
        return input.position() - 4;
      }
    }
    return -1;
  }

  private static boolean isHeader(CompressedInput input) throws BadSector {
    try {
      ZstdFrameHeader header = ZstdFrameHeader.read(input);
      return header.windowBytes() >= 0;
    } catch (BadSector e) {
      throw e;
    } catch (IOException e) {
      return false;
    }
  }
}
