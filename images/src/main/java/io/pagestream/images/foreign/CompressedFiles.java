package io.pagestream.images.foreign;

import static io.pagestream.images.foreign.ForeignFormat.memory;
import static io.pagestream.images.foreign.Signature.anyOf;
import static io.pagestream.images.foreign.Signature.begins;

import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Unsupported compressions. */
final class CompressedFiles {
  private static final String AS_IS = "; zstd, gzip, xz, bzip2, lz4 and zip are read directly";

  /** Number of bytes to decompress to confirm that a file is a zlib stream. */
  private static final int ENOUGH = 4096;

  /** Sources: lz4_Frame_format.md, snappy framing_format.txt, RFC 1950, file(1) for the rest. */
  static final List<ForeignFormat> TABLE =
      List.of(
          compressed("bzip2", "bunzip2", CompressedFiles::isBzip2),
          compressed("lz4", "lz4 -d", begins("\u0004\"M\u0018")),
          compressed("lz4 (its legacy frame)", "lz4 -d", begins("\u0002!L\u0018")),
          compressed("S2 (go-winpmem, Velociraptor)", "s2d", begins("\u00ff\6\0\0S2sTwO")),
          compressed("snappy", "snzip -d", begins("\u00ff\6\0\0sNaPpY")),
          compressed(
              "snappy (an older framing)",
              "snzip -d",
              anyOf("SNAPPY\0", "\u0082SNAPPY\0", "SNZ\1")),
          compressed("lzip", "lzip -d", anyOf("LZIP\0", "LZIP\1")),
          compressed("lzop", "lzop -d", begins("\u0089LZO\0\r\n\u001a\n")),
          compressed("lrzip", "lrzip -d", begins("LRZI")),
          compressed("rzip", "rzip -d", begins("RZIP")),
          compressed("LZFSE", "lzfse -decode", anyOf("bvx1", "bvx2", "bvxn", "bvx-")),
          compressed("pbzx", "pbzx", begins("pbzx")),
          compressed("a zstd file from before version 0.8", "zstd -d", CompressedFiles::isOldZstd),
          compressed(
              "COMPRESS.EXE of Microsoft",
              "msexpand",
              anyOf("SZDD\u0088\u00f0'3", "KWAJ\u0088\u00f0'\u00d1")),
          compressed("compress (.Z)", "uncompress", CompressedFiles::isCompress),
          compressed("lzma (.lzma)", "unlzma", CompressedFiles::isLzmaAlone),
          memory(
              "a zlib stream with other data after it",
              "decompress it first with 'zlib-flate -uncompress' or 'pigz -dz'" + AS_IS,
              CompressedFiles::isZlib));

  private CompressedFiles() {}

  private static ForeignFormat compressed(String with, String tool, Signature signature) {
    return memory(
        "compressed with " + with, "decompress it first with '" + tool + "'" + AS_IS, signature);
  }

  /** "BZh", and the size of blocks as a digit. */
  private static boolean isBzip2(Peek file) {
    return file.has(0, "BZh") && file.u8(3) >= '1' && file.u8(3) <= '9';
  }

  /** FD 2F B5 22 to 27 in little endian: zstd 0.2 to 0.7. */
  private static boolean isOldZstd(Peek file) {
    return file.u32(0) >= 0xFD2FB522L && file.u32(0) <= 0xFD2FB527L;
  }

  /** 1F 9D, block mode with 9 to 16 bits, and a first code that is a byte, as it must be. */
  private static boolean isCompress(Peek file) {
    int flags = file.u8(2);
    return file.u16(0) == 0x9d1f && flags >= 0x89 && flags <= 0x90 && (file.u8(4) & 1) == 0;
  }

  /**
   * The usual properties, a dictionary of 2^n or 2^n + 2^(n-1), an unknown or plausible length, and
   * the first byte of the range coder, which is always zero.
   */
  private static boolean isLzmaAlone(Peek file) {
    long dictionary = file.u32(1);
    long high = Long.highestOneBit(dictionary);
    boolean plausible =
        dictionary == 0xffff_ffffL
            || (dictionary >= 4096 && (dictionary == high || dictionary == high + high / 2));
    long length = file.u64(5);
    return (file.u8(0) == 0x5d || (length == -1 && file.u8(0) < 225))
        && plausible
        && file.u8(13) == 0
        && (length == -1 || (length > 0 && length < (1L << 48) && file.u8(14) != 0));
  }

  /** A header with a correct check, and data after it that can be decompressed. */
  private static boolean isZlib(Peek file) {
    int header = (file.u8(0) << 8) | file.u8(1);
    if ((header & 0x8f00) != 0x0800 || header % 31 != 0 || (header & 0x20) != 0) {
      return false;
    }
    try (Inflater inflater = new Inflater()) {
      inflater.setInput(file.headBytes());
      byte[] out = new byte[ENOUGH];
      int count = inflater.inflate(out);
      // Random data may pass as one or two blocks, but not as a stream with a correct checksum.
      return inflater.finished() || count == ENOUGH;
    } catch (DataFormatException e) {
      return false;
    }
  }
}
