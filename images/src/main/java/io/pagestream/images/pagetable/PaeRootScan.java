package io.pagestream.images.pagetable;

import io.pagestream.images.memory.MemoryImage;
import io.pagestream.images.memory.PageState;
import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.page.Pages;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds Linux's top-level tables of PAE paging: 4 entries at any multiple of 32 bytes, the last of
 * which points to a directory of the kernel. Takes a pass over the image of its own, because the
 * directories must be known first ({@link RootCandidates#linuxPae}).
 */
final class PaeRootScan {
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final int BATCH_PAGES = 64;
  private static final int PAGES_BETWEEN_REPORTS = 1 << 14;
  private static final int TABLE_BYTES = 32;
  private static final int ENTRIES = 4;
  private static final long ADDRESS = 0x000f_ffff_ffff_f000L;

  /** Bits that are clear in an entry: those of {@link ModeGuess}, and the ones above addresses. */
  private static final long RESERVED = 0xfff0_0000_0000_01c6L;

  /** Maximum number of tables: 32-bit systems have at most as many processes. */
  private static final int MOST = 1 << 15;

  private final Set<Long> directories;
  private final TablePages pages;
  private final List<Long> found = new ArrayList<>();

  private PaeRootScan(Set<Long> directories, TablePages pages) {
    this.directories = directories;
    this.pages = pages;
  }

  /**
   * The tables, ascending.
   *
   * @param directories physical addresses of directories that map memory from 0 on
   */
  static List<Long> scan(
      MemoryImage image, TablePages pages, AddressList directories, PageTableProgress progress)
      throws InterruptedException {
    Set<Long> kernel = new HashSet<>();
    for (int i = 0; i < directories.size(); i++) {
      kernel.add(directories.address(i));
    }
    PaeRootScan scan = new PaeRootScan(kernel, pages);
    if (!kernel.isEmpty()) {
      scan.scan(image, progress);
    }
    return scan.found;
  }

  private void scan(MemoryImage image, PageTableProgress progress) throws InterruptedException {
    long all = image.extents().stream().mapToLong(PhysicalExtent::pageCount).sum();
    PageState[] states = new PageState[BATCH_PAGES];
    long done = 0;
    long reported = 0;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(Pages.address(BATCH_PAGES), 64);
      for (PhysicalExtent extent : image.extents()) {
        for (long at = extent.physicalAddress();
            at < extent.endAddress() && at < 1L << 32 && found.size() < MOST; ) {
          int count = (int) Math.min(BATCH_PAGES, Pages.frameNumber(extent.endAddress() - at));
          look(image, at, count, memory, states);
          at += Pages.address(count);
          done += count;
          if (done - reported >= PAGES_BETWEEN_REPORTS) {
            reported = done;
            progress.searched(done, all);
          }
        }
      }
    }
  }

  private void look(
      MemoryImage image, long address, int count, MemorySegment memory, PageState[] states) {
    try {
      image.read(address, count, memory, states);
    } catch (PagestreamException e) {
      return; // problems with the file are reported when the runs with these pages are read
    }
    for (int i = 0; i < count; i++) {
      if (!states[i].hasBytes()) {
        continue;
      }
      long page = Pages.address(i);
      for (int at = 0; at < Pages.SIZE; at += TABLE_BYTES) {
        long last = memory.get(LONG, page + at + (ENTRIES - 1) * Long.BYTES);
        if ((last & (RESERVED | 1)) == 1
            && directories.contains(last & ADDRESS)
            && isTable(memory, page + at)
            && found.size() < MOST) {
          found.add(address + page + at);
        }
      }
    }
  }

  private boolean isTable(MemorySegment memory, long offset) {
    for (int i = 0; i < ENTRIES - 1; i++) {
      long entry = memory.get(LONG, offset + (long) i * Long.BYTES);
      boolean absent = entry == 0;
      boolean table = (entry & (RESERVED | 1)) == 1 && pages.covers(entry & ADDRESS);
      if (!absent && !table) {
        return false;
      }
    }
    return true;
  }
}
