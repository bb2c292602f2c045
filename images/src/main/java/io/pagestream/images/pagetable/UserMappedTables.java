package io.pagestream.images.pagetable;

import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.List;

/** Pages that a walk uses as page tables although it maps them for user mode as well. */
final class UserMappedTables implements WalkSink {
  private static final long USER = 1 << 2;
  private static final int FORGED = PageFacts.PAGING_STRUCTURE | PageFacts.USER_MAPPED;

  private final List<PhysicalExtent> extents;
  private final FrameTable frames;

  UserMappedTables(List<PhysicalExtent> extents) {
    this.extents = extents;
    this.frames = new FrameTable(extents);
  }

  @Override
  public void leaf(
      long root, long virtualAddress, long physicalAddress, long pages, long entry, long rights) {
    if ((rights & USER) != 0) {
      frames.markUserMapped(physicalAddress, pages);
    }
  }

  @Override
  public void table(long root, long virtualAddress, long physicalAddress, int level) {
    frames.markPagingStructure(physicalAddress);
  }

  /** Whether a page is such a table. */
  boolean contains(long physicalAddress) {
    return (frames.factsOf(physicalAddress) & FORGED) == FORGED;
  }

  /** Number of such tables. */
  long count() {
    long count = 0;
    for (PhysicalExtent extent : extents) {
      for (long at = extent.physicalAddress(); at < extent.endAddress(); ) {
        long next = frames.endOfEqual(at, extent.endAddress());
        count += contains(at) ? Pages.frameNumber(next - at) : 0;
        at = next;
      }
    }
    return count;
  }

  /** Whether user mode can access a page by a mapping of the walk. */
  boolean isUserMapped(long physicalAddress) {
    return (frames.factsOf(physicalAddress) & PageFacts.USER_MAPPED) != 0;
  }

  /** Physical addresses of the first such tables, ascending. */
  List<Long> first(int most) {
    List<Long> first = new ArrayList<>();
    for (PhysicalExtent extent : extents) {
      for (long at = extent.physicalAddress(); at < extent.endAddress() && first.size() < most; ) {
        if (contains(at)) {
          first.add(at);
          at += Pages.SIZE;
        } else {
          at = frames.endOfEqual(at, extent.endAddress());
        }
      }
    }
    return first;
  }
}
