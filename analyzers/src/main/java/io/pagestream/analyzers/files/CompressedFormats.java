package io.pagestream.analyzers.files;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Compressed streams without a checksum of their header.
 *
 * <ul>
 *   <li>zstd (RFC 8878, section 3.1.1): magic, descriptor, window, dictionary id, content size,
 *       then blocks (3.1.1.2) of at most 128 KiB, of three types. Every block that begins in the
 *       first page must be valid, and the literals of a compressed block (3.1.1.3.1) must fit into
 *       it.
 *   <li>bzip2: "BZh", level, then a block: 48 bits of pi, CRC-32, one bit, a pointer of 24 bits
 *       into the block, and a map of the used bytes, in which at least one is used.
 * </ul>
 */
final class CompressedFormats {
  static final FileFormat ZSTD =
      new FileFormat("zstd", "(\u00b5/\u00fd", 9, CompressedFormats::zstd);
  static final FileFormat BZIP2 =
      FileFormat.matching("bzip2", "BZh[1-9]1AY&SY", 10, 22, CompressedFormats::bzip2);

  static final List<FileFormat> ALL = List.of(ZSTD, BZIP2);

  private static final int MOST_BLOCK = 128 * 1024;
  private static final int RAW = 0;
  private static final int RLE = 1;
  private static final int COMPRESSED = 2;

  /** Largest window that decoders are required to accept is 8 MiB; zstd writes up to 2 GiB. */
  private static final int MOST_WINDOW_LOG = 31;

  private CompressedFormats() {}

  private static @Nullable FileDescription zstd(HeaderBytes header) {
    int descriptor = header.u8(4);
    boolean single = (descriptor & 0x20) != 0;
    if ((descriptor & 0x18) != 0) {
      return null;
    }
    int at = 5;
    long window = MOST_BLOCK;
    if (!single) {
      int log = 10 + (header.u8(at) >> 3);
      window = (1L << log) + ((1L << log) / 8) * (header.u8(at) & 7);
      at++;
      if (log > MOST_WINDOW_LOG) {
        return null;
      }
    }
    int dictionaryBytes = (1 << (descriptor & 3)) >> 1;
    at += dictionaryBytes;
    int sizeFlag = descriptor >> 6;
    int sizeBytes = sizeFlag == 0 ? (single ? 1 : 0) : 1 << sizeFlag;
    if (!header.has(at, sizeBytes + 3)) {
      return null;
    }
    long contentSize =
        switch (sizeBytes) {
          case 0 -> -1;
          case 1 -> header.u8(at);
          case 2 -> header.u16le(at) + 256;
          default -> header.number(at, sizeBytes, false);
        };
    if (sizeBytes == 8 && contentSize < 0) {
      return null;
    }
    int blocks = at + sizeBytes;
    long limit = Math.min(MOST_BLOCK, single ? Math.max(contentSize, 1) : window);
    if (!areBlocks(header, blocks, limit, contentSize)) {
      return null;
    }
    Map<String, String> attributes = new TreeMap<>();
    if (contentSize >= 0) {
      attributes.put("content-size", Long.toString(contentSize));
    }
    if (dictionaryBytes > 0) {
      int id = at - dictionaryBytes;
      long value = dictionaryBytes == 1 ? header.u8(id) : header.number(id, dictionaryBytes, false);
      attributes.put("dictionary", Long.toString(value));
    }
    return new FileDescription("zstd", blocks, attributes);
  }

  /** Block header: last block 1 bit, type 2 bits, size 21 bits. */
  private static boolean areBlocks(HeaderBytes header, int from, long limit, long contentSize) {
    int at = from;
    int seen = 0;
    while (header.has(at, 3) && (seen == 0 || at + 3 <= header.inPage())) {
      int block = header.u16le(at) | (header.u8(at + 2) << 16);
      int type = (block >> 1) & 3;
      int size = block >> 3;
      boolean isLast = (block & 1) != 0;
      boolean valid =
          type <= COMPRESSED
              && size <= limit
              && (type != COMPRESSED || areLiterals(header, at + 3, size))
              && (size > 0 || (isLast && contentSize <= 0) || (isLast && seen > 0));
      if (!valid) {
        return false;
      }
      seen++;
      if (isLast) {
        return type != RAW || contentSize < 0 || seen > 1 || size == contentSize;
      }
      at += 3 + (type == RLE ? 1 : size);
    }
    return seen > 0;
  }

  /** Whether the literals fit into their block, and are not more than a block may contain. */
  private static boolean areLiterals(HeaderBytes header, int at, int size) {
    if (size < 2) {
      return false;
    }
    if (!header.has(at, 5)) {
      return true;
    }
    int type = header.u8(at) & 3;
    int format = (header.u8(at) >> 2) & 3;
    long bits = header.u32le(at) | ((long) header.u8(at + 4) << 32);
    long regenerated;
    long compressed;
    if (type <= RLE) {
      int length = format == 1 ? 12 : format == 3 ? 20 : 5;
      regenerated = (bits >> (length == 5 ? 3 : 4)) & ((1 << length) - 1);
      compressed = type == RLE ? 1 : regenerated;
    } else {
      int length = format <= 1 ? 10 : format == 2 ? 14 : 18;
      regenerated = (bits >> 4) & ((1 << length) - 1);
      compressed = (bits >> (4 + length)) & ((1 << length) - 1);
    }
    return regenerated <= MOST_BLOCK && compressed < size;
  }

  private static @Nullable FileDescription bzip2(HeaderBytes header) {
    int level = header.u8(3) - '0';
    // After the magic of 10 bytes and the CRC-32: 1 + 24 + 16 bits.
    long bits = header.s64be(14);
    long pointer = (bits >>> (64 - 25)) & 0xff_ffff;
    int map = (int) (bits >>> (64 - 41)) & 0xffff;
    boolean isRandomized = bits < 0;
    if (isRandomized || pointer >= level * 100_000L || map == 0) {
      return null;
    }
    Map<String, String> attributes = new TreeMap<>();
    attributes.put("block-size", Integer.toString(level * 100_000));
    return new FileDescription("bzip2", 14, attributes);
  }
}
