package io.pagestream.cases.map;

import io.pagestream.cases.verdicts.PageContent;
import io.pagestream.images.memory.MemoryImage;
import io.pagestream.images.memory.PageState;
import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.page.Pages;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** The map of an image that has not been analyzed: its ranges, and the content of its pages. */
public final class ImageMap {
  /** Pages read at a time. */
  private static final int CHUNK_PAGES = 256;

  private ImageMap() {}

  /**
   * Reads all pages of an image once.
   *
   * @param title display name of the image
   * @param ranges its range map: sorted, disjoint
   */
  public static MemoryMap<SpaceLayout> of(
      String title, MemoryImage image, List<AddressRange> ranges, SpaceLayout layout) {
    MemoryMap<SpaceLayout> map = new MemoryMap<>(title, layout);
    ranges.forEach(map::addRange);
    PageState[] states = new PageState[CHUNK_PAGES];
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment pages = arena.allocate((long) CHUNK_PAGES * Pages.SIZE, Pages.SIZE);
      MemorySegment zero = arena.allocate(Pages.SIZE, Pages.SIZE);
      for (PhysicalExtent extent : image.extents()) {
        for (long done = 0; done < extent.pageCount(); done += CHUNK_PAGES) {
          int count = (int) Math.min(CHUNK_PAGES, extent.pageCount() - done);
          long start = extent.physicalAddress() + Pages.address(done);
          image.read(start, count, pages, states);
          for (int i = 0; i < count; i++) {
            PageContent content = content(states[i], pages, zero, i);
            map.addContent(start + Pages.address(i), 1, content);
          }
        }
      }
    }
    return map;
  }

  private static PageContent content(
      PageState state, MemorySegment pages, MemorySegment zero, int page) {
    return switch (state) {
      case EXCLUDED -> PageContent.EXCLUDED;
      case UNREADABLE -> PageContent.UNREADABLE;
      case PRESENT, DOUBTFUL ->
          pages.asSlice((long) page * Pages.SIZE, Pages.SIZE).mismatch(zero) < 0
              ? PageContent.ZERO
              : PageContent.BYTES;
    };
  }
}
