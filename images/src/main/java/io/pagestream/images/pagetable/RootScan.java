package io.pagestream.images.pagetable;

import io.pagestream.images.memory.MemoryImage;
import io.pagestream.images.memory.PageState;
import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.page.Pages;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Reads every page of an image once, in batches, to find top-level tables. */
final class RootScan {
  private static final int BATCH_PAGES = 64;
  private static final int PAGES_BETWEEN_REPORTS = 1 << 14;

  private RootScan() {}

  /**
   * The pages that may be top-level tables, by ascending address.
   *
   * @param encryptionMask bits of Linux's entries that are not part of the address
   */
  static RootCandidates scan(MemoryImage image, long encryptionMask, PageTableProgress progress)
      throws InterruptedException {
    List<PhysicalExtent> extents = image.extents();
    long end = extents.isEmpty() ? 0 : extents.getLast().endAddress();
    long pages = extents.stream().mapToLong(PhysicalExtent::pageCount).sum();
    RootCandidates candidates = new RootCandidates(end, encryptionMask);
    PageState[] states = new PageState[BATCH_PAGES];
    long done = 0;
    long reported = 0;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(Pages.address(BATCH_PAGES), 64);
      for (PhysicalExtent extent : extents) {
        for (long at = extent.physicalAddress(); at < extent.endAddress(); ) {
          long left = Pages.frameNumber(extent.endAddress() - at);
          long count = Math.min(left, image.zeroPagesFrom(at));
          if (count == 0) {
            count = Math.min(BATCH_PAGES, left);
            look(image, at, (int) count, memory, states, candidates);
          }
          at += Pages.address(count);
          done += count;
          if (done - reported >= PAGES_BETWEEN_REPORTS) {
            reported = done;
            progress.searched(done, pages);
          }
        }
      }
    }
    return candidates;
  }

  private static void look(
      MemoryImage image,
      long address,
      int count,
      MemorySegment memory,
      PageState[] states,
      RootCandidates candidates) {
    try {
      image.read(address, count, memory, states);
    } catch (PagestreamException e) {
      return; // problems with the file are reported when the runs with these pages are read
    }
    for (int i = 0; i < count; i++) {
      if (states[i].hasBytes()) {
        candidates.look(address + Pages.address(i), memory, Pages.address(i));
      }
    }
  }
}
