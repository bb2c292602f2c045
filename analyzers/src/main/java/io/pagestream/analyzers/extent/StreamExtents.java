package io.pagestream.analyzers.extent;

import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The ends of compressed streams. */
final class StreamExtents {
  private static final int OUTPUT = 64 * 1024;

  /** A member that expands to more, relative to the maximum size of a file, is cut. */
  private static final int MOST_EXPANSION = 16;

  private static final String XZ_MAGIC = "\u00fd7zXZ\0";
  private static final String BZIP2_MAGIC = "1AY&SY";
  private static final long BZIP2_BLOCK = 0x3141_5926_5359L;
  private static final long BZIP2_END = 0x1772_4538_5090L;
  private static final long BITS_48 = (1L << 48) - 1;

  private StreamExtents() {}

  /** Deflate data, CRC-32 and size (RFC 1952, section 2.3.1). */
  static FileExtent gzip(ContiguousBytes bytes, int header) {
    Inflater inflater = new Inflater(true);
    try {
      CRC32 crc = new CRC32();
      byte[] output = new byte[OUTPUT];
      byte[] input = new byte[OUTPUT];
      long at = header;
      while (!inflater.finished()) {
        if (inflater.needsInput()) {
          int count = bytes.copy(at, input);
          if (count == 0) {
            return FileExtent.cut(at);
          }
          inflater.setInput(input, 0, count);
          at += count;
        }
        int produced = inflater.inflate(output);
        if (produced == 0 && inflater.needsDictionary()) {
          return FileExtent.cut(header + inflater.getBytesRead());
        }
        crc.update(output, 0, produced);
        if (inflater.getBytesWritten() > MOST_EXPANSION * bytes.limit()) {
          return FileExtent.cut(header + inflater.getBytesRead());
        }
      }
      long trailer = header + inflater.getBytesRead();
      boolean correct =
          bytes.has(trailer, 8)
              && bytes.le32(trailer) == crc.getValue()
              && bytes.le32(trailer + 4) == (inflater.getBytesWritten() & 0xffff_ffffL);
      return correct ? FileExtent.verified(trailer + 8) : FileExtent.cut(trailer);
    } catch (DataFormatException damaged) {
      return FileExtent.cut(header + inflater.getBytesRead());
    } finally {
      inflater.end();
    }
  }

  /**
   * The footer (The .xz File Format, section 2.1.2) at a multiple of four bytes: CRC-32 of the 6
   * bytes after it, size of the index / 4 - 1, the flags of the header, "YZ"; and the index before
   * it with its own CRC-32. The search ends at the next xz file.
   */
  static FileExtent xz(ContiguousBytes bytes) {
    long at = 12;
    while (bytes.has(at, 12)) {
      if (bytes.isText(at + 10, "YZ") && isXzFooter(bytes, at)) {
        return FileExtent.verified(at + 12);
      }
      if (bytes.u8(at) == 0xfd && bytes.isText(at, XZ_MAGIC)) {
        break;
      }
      at += 4;
    }
    return FileExtent.cut(1);
  }

  private static boolean isXzFooter(ContiguousBytes bytes, long at) {
    long index = at - (bytes.le32(at + 4) + 1) * 4;
    return bytes.le16(at + 8) == bytes.le16(6)
        && bytes.le32(at) == crc(bytes, at + 4, 6)
        && index >= 12
        && bytes.u8(index) == 0
        && bytes.le32(at - 4) == crc(bytes, index, at - 4 - index);
  }

  /**
   * The mark at the end, which begins at any bit and is followed by the combination of the CRC-32
   * of all blocks: rotated left by one bit, then exclusive or with that of the next block.
   */
  static FileExtent bzip2(ContiguousBytes bytes) {
    long window = 0;
    int combined = 0;
    for (long at = 4; bytes.has(at, 1); at++) {
      if (at > 4 && bytes.u8(at) == 'B' && bytes.isText(at, "BZh") && isBzip2(bytes, at)) {
        break;
      }
      int next = bytes.u8(at);
      for (int bit = 7; bit >= 0; bit--) {
        window = ((window << 1) | ((next >> bit) & 1)) & BITS_48;
        if (window == BZIP2_BLOCK) {
          combined = Integer.rotateLeft(combined, 1) ^ bits32(bytes, at, bit);
        } else if (window == BZIP2_END && bytes.has(at, 5)) {
          boolean correct = bits32(bytes, at, bit) == combined;
          long length = at + 5;
          return correct ? FileExtent.verified(length) : FileExtent.cut(length);
        }
      }
    }
    return FileExtent.cut(1);
  }

  private static boolean isBzip2(ContiguousBytes bytes, long at) {
    return bytes.isText(at + 4, BZIP2_MAGIC);
  }

  /** The 32 bits after a bit of a byte; 0 is its lowest. */
  private static int bits32(ContiguousBytes bytes, long at, int bit) {
    long five = bytes.number(at, 5, true);
    return (int) (five >> bit);
  }

  /** Blocks up to the last one, and a checksum of four bytes if the descriptor's bit 2 is set. */
  static FileExtent zstd(ContiguousBytes bytes, int header) {
    long at = header;
    while (bytes.has(at, 3)) {
      long block = bytes.number(at, 3, false);
      int type = (int) (block >> 1) & 3;
      if (type == 3) {
        return FileExtent.cut(at);
      }
      at += 3 + (type == 1 ? 1 : block >> 3);
      if ((block & 1) != 0) {
        at += (bytes.u8(4) & 4) != 0 ? 4 : 0;
        return bytes.has(0, at) ? FileExtent.complete(at) : FileExtent.cut(at);
      }
    }
    return FileExtent.cut(at);
  }

  static long crc(ContiguousBytes bytes, long from, long count) {
    CRC32 crc = new CRC32();
    bytes.update(crc, from, count);
    return crc.getValue();
  }
}
