package io.pagestream.images.container;

import io.pagestream.images.source.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Compressions of whole images, recognized by their first bytes. */
public enum Wrapping {
  /**
   * RFC 8878: frame magic {@code 28 B5 2F FD}, or a skippable frame {@code 5? 2A 4D 18}, which
   * parallel compressors write first.
   */
  ZSTD("zstd"),
  /** RFC 1952: {@code 1F 8B}, method 8 (deflate), the three reserved flags zero. */
  GZIP("gzip"),
  /** The .xz file format, 2.1.1: {@code FD '7' 'z' 'X' 'Z' 00}. */
  XZ("xz"),
  /** bzip2 1.0: {@code 'B' 'Z' 'h'}, a digit, and the first block's or the end's 6 bytes. */
  BZIP2("bzip2"),
  /** lz4_Frame_format.md: {@code 04 22 4D 18}, or {@code 02 21 4C 18} of the legacy format. */
  LZ4("lz4"),
  /** PKWARE APPNOTE.TXT: {@code 'P' 'K' 03 04}; an archive with one member. */
  ZIP("zip"),
  /**
   * RFC 1950, as LiME writes with {@code compress=1}. Two bytes without a magic number, so that the
   * data after them is tried too.
   */
  ZLIB("zlib"),
  /** Not compressed. */
  NONE("");

  private static final int ZSTD_MAGIC = 0xFD2FB528;
  private static final int ZSTD_SKIPPABLE = 0x184D2A50;
  private static final long XZ_MAGIC = 0x005A_587A_37FDL;

  private final String word;

  Wrapping(String word) {
    this.word = word;
  }

  /** Its name in manifests. */
  public String word() {
    return word;
  }

  /** The compression or container of a file, by its first bytes. */
  static Wrapping of(MemorySegment header) {
    if (header.byteSize() < 8) {
      return NONE;
    }
    int magic = LittleEndian.i32(header, 0);
    if (magic == ZSTD_MAGIC || (magic & ~0xf) == ZSTD_SKIPPABLE) {
      return ZSTD;
    }
    if ((LittleEndian.i64(header, 0) & 0xffff_ffff_ffffL) == XZ_MAGIC) {
      return XZ;
    }
    if (magic == Lz4Decoder.MAGIC || magic == Lz4Decoder.LEGACY) {
      return LZ4;
    }
    if (ZipDirectory.recognises(header)) {
      return ZIP;
    }
    if (isBzip2(header)) {
      return BZIP2;
    }
    boolean gzip =
        (magic & 0xff_ffff) == 0x08_8B1F && (header.get(ValueLayout.JAVA_BYTE, 3) & 0xE0) == 0;
    return gzip ? GZIP : NONE;
  }

  private static boolean isBzip2(MemorySegment header) {
    long word = LittleEndian.i64(header, 0);
    int level = (int) (word >>> 24 & 0xff) - '0';
    long block = word >>> 32;
    boolean magic = (word & 0xff_ffff) == 0x68_5A42 && level >= 1 && level <= 9;
    return magic && (block == 0x2659_4131L || block == 0x3845_7217L);
  }
}
