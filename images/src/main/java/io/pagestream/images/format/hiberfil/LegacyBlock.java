package io.pagestream.images.format.hiberfil;

import io.pagestream.images.source.ImageBytes;
import io.pagestream.images.source.LittleEndian;
import io.pagestream.schemas.page.Pages;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * A block of Windows XP to 7: 81 81 "xpress", u32 with the number of pages minus 1 (bits 0 to 9)
 * and the length of the data minus 1 (bits 10 to 31); the data begins after 32 bytes, and takes a
 * multiple of 8 bytes. If that is the length of its pages, it is not compressed. Sources:
 * Volatility 2, {@code hibernate.py}; Hibr2Bin.
 *
 * @param dataOffset offset of its data in the file
 * @param dataBytes length of its data
 * @param pages its pages
 * @param compression how it is stored
 */
record LegacyBlock(long dataOffset, int dataBytes, int pages, Compression compression) {
  static final int HEADER_BYTES = 32;
  static final int ALIGNMENT = 8;

  /** 81 81 "xpress" as a little-endian number. */
  static final long MAGIC = 0x7373_6572_7078_8181L;

  private static final int INFO = 8;

  /** Reads the block at an offset; empty if there is no possible one. */
  static Optional<LegacyBlock> read(ImageBytes bytes, long offset) {
    MemorySegment header = MemorySegment.ofArray(new byte[INFO + 4]);
    if (offset < 0
        || bytes.read(offset, header) != INFO + 4
        || LittleEndian.i64(header, 0) != MAGIC) {
      return Optional.empty();
    }
    long info = LittleEndian.u32(header, INFO);
    int pages = (int) (info & 0x3ff) + 1;
    long size = (info >> 10) + 1;
    if (pages > StoredPages.MOST_BLOCK_PAGES || aligned(size) > Pages.address(pages)) {
      return Optional.empty();
    }
    boolean stored = aligned(size) == Pages.address(pages);
    return Optional.of(
        new LegacyBlock(
            offset + HEADER_BYTES,
            (int) (stored ? aligned(size) : size),
            pages,
            stored ? Compression.STORED : Compression.XPRESS));
  }

  /** Offset after it: that of the next block. */
  long endOffset() {
    return dataOffset + aligned(dataBytes);
  }

  private static long aligned(long size) {
    return (size + ALIGNMENT - 1) & -ALIGNMENT;
  }
}
