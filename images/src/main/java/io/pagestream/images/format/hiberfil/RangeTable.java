package io.pagestream.images.format.hiberfil;

import io.pagestream.images.source.ImageBytes;
import io.pagestream.images.source.LittleEndian;
import io.pagestream.schemas.page.Pages;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** A table of pages of Windows XP to 7: runs of frames, in the order of their pages. */
final class RangeTable {
  /** Pages of one table at most: 4 TiB. */
  private static final long MOST_PAGES = 1L << 30;

  private static final long FRAME_LIMIT = Pages.frameNumber(Pages.ADDRESS_LIMIT);

  private final long page;
  private final long next;
  private final long[] starts;
  private final long[] ends;

  private RangeTable(long page, long next, long[] starts, long[] ends) {
    this.page = page;
    this.next = next;
    this.starts = starts;
    this.ends = ends;
  }

  /** The file's page that contains it. */
  long page() {
    return page;
  }

  /** The file's page that contains the next table; 0 for the last. */
  long next() {
    return next;
  }

  /** Number of entries. */
  int size() {
    return starts.length;
  }

  /** First frame of an entry. */
  long start(int entry) {
    return starts[entry];
  }

  /** Frame after the last of an entry. */
  long end(int entry) {
    return ends[entry];
  }

  /** Reads a table; empty if it is impossible in this layout. */
  static Optional<RangeTable> read(ImageBytes bytes, long page, TableLayout layout) {
    MemorySegment table = MemorySegment.ofArray(new byte[Pages.SIZE]);
    if (page <= 0 || page >= FRAME_LIMIT || bytes.read(Pages.address(page), table) != Pages.SIZE) {
      return Optional.empty();
    }
    long count = LittleEndian.u32(table, layout.count);
    long next = word(table, layout.next, layout);
    boolean possible =
        count > 0
            && count <= layout.mostEntries()
            && (next == 0 || (next > page && next < FRAME_LIMIT));
    if (!possible) {
      return Optional.empty();
    }
    long[] starts = new long[(int) count];
    long[] ends = new long[(int) count];
    for (int i = 0; i < count; i++) {
      int entry = layout.entries + i * layout.entryBytes;
      starts[i] = word(table, entry + layout.start, layout);
      ends[i] = word(table, entry + layout.end, layout);
      if (starts[i] < 0 || ends[i] <= starts[i] || ends[i] > FRAME_LIMIT) {
        return Optional.empty();
      }
    }
    RangeTable ranges = new RangeTable(page, next, starts, ends);
    return ranges.pages() > MOST_PAGES ? Optional.empty() : Optional.of(ranges);
  }

  private static long word(MemorySegment table, int at, TableLayout layout) {
    return layout.wide ? LittleEndian.i64(table, at) : LittleEndian.u32(table, at);
  }

  /** Number of pages. */
  long pages() {
    long pages = 0;
    for (int i = 0; i < starts.length; i++) {
      pages += ends[i] - starts[i];
    }
    return pages;
  }
}
