package io.pagestream.images.format.zdmp;

import io.pagestream.images.source.ImageBytes;
import io.pagestream.images.source.LittleEndian;
import io.pagestream.schemas.page.Pages;
import java.lang.foreign.MemorySegment;

/**
 * The header of a compressed dump: "ZDMP", u32 version, u64 length of the dump, u32 length of a
 * block's content, u16 kind of data (1: a crash dump), u16 compression (2: LZNT1). Source:
 * Volatility 3, {@code zdmp.py}.
 *
 * @param contentBytes length of the dump
 * @param blockBytes length of each block's content
 */
record ZdmpHeader(long contentBytes, int blockBytes) {
  /** The blocks begin after the first page. */
  static final int BYTES = 0x1000;

  private static final int MAGIC = 0x504d_445a;
  private static final int LZNT1 = 2;
  private static final int LARGEST_BLOCK = 16 << 20;
  private static final String CONVERT =
      "convert it with DumpIt's own tools (Z2Dmp), or to raw with LeechCore or MemProcFS";

  static boolean recognises(MemorySegment header) {
    return header.byteSize() >= 4 && LittleEndian.i32(header, 0) == MAGIC;
  }

  /**
   * Reads the header.
   *
   * @throws io.pagestream.schemas.error.PagestreamException FORMAT_UNSUPPORTED for another
   *     compression, IMAGE_CORRUPT
   */
  static ZdmpHeader read(ImageBytes bytes) {
    MemorySegment header = bytes.require(0, 0x18, "the header of the compressed dump");
    if (!recognises(header)) {
      throw bytes.corrupt(0, "no header of a compressed dump of DumpIt");
    }
    int compression = LittleEndian.u16(header, 0x16);
    if (compression != LZNT1) {
      throw bytes.unsupported(
          "is a compressed DumpIt crash dump with the unknown compression " + compression, CONVERT);
    }
    long content = LittleEndian.i64(header, 8);
    long block = LittleEndian.u32(header, 0x10);
    if (content <= 0
        || content > Pages.ADDRESS_LIMIT
        || block < Pages.SIZE
        || block > LARGEST_BLOCK
        || block % Pages.SIZE != 0) {
      throw bytes.corrupt(
          8, "a dump of 0x%x bytes in blocks of 0x%x bytes".formatted(content, block));
    }
    return new ZdmpHeader(content, (int) block);
  }

  /** Number of blocks. */
  long blocks() {
    return (contentBytes + blockBytes - 1) / blockBytes;
  }
}
