package io.pagestream.images.format;

import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.page.Pages;

/**
 * A range of physical memory that is contiguous in the file; it need not begin or end on a page.
 *
 * @param start first physical address
 * @param end address after the last byte
 * @param fileOffset offset of the first byte in the file, {@link #NOT_STORED} or {@link #LOST}
 * @param number number of the segment in the format's own table, for its name
 * @param kind kind of the memory
 */
public record Segment(long start, long end, long fileOffset, int number, RangeKind kind) {
  /** In place of a file offset: the format marks these bytes as left out. */
  public static final long NOT_STORED = -1;

  /** In place of a file offset: the file should have these bytes, but they cannot be found. */
  public static final long LOST = -2;

  /**
   * Maximum number of segments in any format. A real machine has tens of ranges; QEMU's dumps by
   * virtual address (paging) have one for each contiguous mapping.
   */
  public static final int MOST = 1 << 20;

  /** Checks conditions that the format must have ensured. */
  public Segment {
    if (start < 0 || end <= start || end > Pages.ADDRESS_LIMIT || fileOffset < LOST) {
      throw new IllegalArgumentException("segment 0x%x to 0x%x".formatted(start, end));
    }
  }

  /** Whether the file has the bytes. */
  public boolean stored() {
    return fileOffset >= 0;
  }
}
