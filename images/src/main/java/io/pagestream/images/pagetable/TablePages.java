package io.pagestream.images.pagetable;

import io.pagestream.images.interval.Intervals;
import io.pagestream.images.memory.MemoryImage;
import io.pagestream.images.memory.PageState;
import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.page.Pages;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Reads page tables from an image, one page at a time. Used by one thread. */
final class TablePages implements AutoCloseable {
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final MemoryImage image;
  private final Intervals extents;
  private final Arena arena = Arena.ofConfined();
  private final MemorySegment page = arena.allocate(Pages.SIZE, 64);
  private final PageState[] state = new PageState[1];

  TablePages(MemoryImage image) {
    this.image = image;
    this.extents =
        Intervals.of(image.extents(), PhysicalExtent::physicalAddress, PhysicalExtent::endAddress);
  }

  /** Whether an extent of the image contains the page at an address. */
  boolean covers(long physicalAddress) {
    return extents.contains(physicalAddress);
  }

  /**
   * Reads a table.
   *
   * @param table its physical address
   * @param entries receives them, from index 0; 4-byte entries without sign
   * @return whether the image has the page, and it contains all entries
   */
  boolean read(long table, int count, int entryBytes, long[] entries) {
    long pageAddress = Pages.floor(table);
    long offset = table - pageAddress;
    boolean inOnePage = offset + (long) count * entryBytes <= Pages.SIZE;
    if (!inOnePage || !covers(pageAddress) || !readPage(pageAddress)) {
      return false;
    }
    if (entryBytes == Long.BYTES) {
      MemorySegment.copy(page, LONG, offset, entries, 0, count);
    } else {
      for (int i = 0; i < count; i++) {
        entries[i] = page.get(INT, offset + (long) i * Integer.BYTES) & 0xffff_ffffL;
      }
    }
    return true;
  }

  private boolean readPage(long pageAddress) {
    try {
      image.read(pageAddress, 1, page, state);
      return state[0].hasBytes();
    } catch (PagestreamException e) {
      return false; // problems with the file are reported when the run with this page is read
    }
  }

  @Override
  public void close() {
    arena.close();
  }
}
