package io.pagestream.analyzers.extent;

/** The ends of pictures. */
final class PictureExtents {
  private static final int START_OF_SCAN = 0xda;
  private static final int END_OF_IMAGE = 0xd9;

  private PictureExtents() {}

  /** Chunks with correct CRC-32 up to IEND (PNG specification, section 5.3). */
  static FileExtent png(ContiguousBytes bytes) {
    long at = 8;
    while (bytes.has(at, 12)) {
      long length = bytes.be32(at);
      if (length > Integer.MAX_VALUE || !isLetters(bytes, at + 4) || !bytes.has(at, 12 + length)) {
        return FileExtent.cut(at);
      }
      long crc = StreamExtents.crc(bytes, at + 4, 4 + length);
      if (bytes.be32(at + 8 + length) != crc) {
        return FileExtent.cut(at);
      }
      at += 12 + length;
      if (bytes.isText(at - 8, "IEND")) {
        return FileExtent.verified(at);
      }
    }
    return FileExtent.cut(at);
  }

  private static boolean isLetters(ContiguousBytes bytes, long at) {
    for (int i = 0; i < 4; i++) {
      int letter = bytes.u8(at + i) | 0x20;
      if (letter < 'a' || letter > 'z') {
        return false;
      }
    }
    return true;
  }

  /**
   * Segments and scans up to EOI (ITU-T T.81, annex B). In a scan, ff is followed by 0, or by a
   * restart marker (d0 to d7), or by the marker of the next segment.
   */
  static FileExtent jpeg(ContiguousBytes bytes) {
    long at = 2;
    while (bytes.has(at, 2)) {
      int marker = bytes.u8(at + 1);
      if (bytes.u8(at) != 0xff || (marker < 0xc0 && marker != 1)) {
        return FileExtent.cut(at);
      }
      if (marker == END_OF_IMAGE) {
        return FileExtent.complete(at + 2);
      }
      if (marker == 0xd8 || (marker >= 0xd0 && marker <= 0xd7)) {
        return FileExtent.cut(at);
      }
      at = marker == 0xff ? at + 1 : at + 2 + Math.max(2, bytes.be16(at + 2));
      if (marker == START_OF_SCAN) {
        at = afterScan(bytes, at);
      }
    }
    return FileExtent.cut(at);
  }

  private static long afterScan(ContiguousBytes bytes, long from) {
    long at = from;
    while (bytes.has(at, 2)) {
      if (bytes.u8(at) == 0xff) {
        int next = bytes.u8(at + 1);
        if (next != 0 && next != 0xff && (next < 0xd0 || next > 0xd7)) {
          return at;
        }
      }
      at++;
    }
    return at;
  }

  /** Images and extensions up to the trailer (GIF89a specification, sections 20 to 27). */
  static FileExtent gif(ContiguousBytes bytes) {
    long at = 13 + table(bytes.u8(10));
    while (bytes.has(at, 1)) {
      switch (bytes.u8(at)) {
        case 0x3b -> {
          return FileExtent.complete(at + 1);
        }
        case 0x2c -> at = afterBlocks(bytes, at + 11 + table(bytes.u8(at + 9)));
        case 0x21 -> at = afterBlocks(bytes, at + 2);
        default -> {
          return FileExtent.cut(at);
        }
      }
    }
    return FileExtent.cut(at);
  }

  private static long table(int flags) {
    return (flags & 0x80) != 0 ? 3L << ((flags & 7) + 1) : 0;
  }

  /** Blocks with a length of one byte, up to an empty one. */
  private static long afterBlocks(ContiguousBytes bytes, long from) {
    long at = from;
    while (bytes.has(at, 1) && bytes.u8(at) != 0) {
      at += 1 + bytes.u8(at);
    }
    return at + 1;
  }
}
