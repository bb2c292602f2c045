package io.pagestream.images.format.hiberfil;

import io.pagestream.images.memory.ImageFacts;
import io.pagestream.images.memory.MemoryImage;
import io.pagestream.images.memory.PageState;
import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.images.source.ImageBytes;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.RangeProvenance;
import io.pagestream.schemas.page.Pages;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The pages of a hibernation file. Windows does not write pages without content (free and zeroed
 * ones): between pages that are less than 2 MiB apart, those that are not in the file were left
 * out. A larger gap may be a hole.
 */
final class HiberfilImage implements MemoryImage {
  private static final long LARGEST_GAP_PAGES = Pages.frameNumber(2L << 20);

  private final ImageBytes file;
  private final FrameIndex index;
  private final BlockDecoder decoder;
  private final ImageFacts facts;
  private final List<PhysicalExtent> extents;

  HiberfilImage(ImageBytes file, FrameIndex index, BlockDecoder decoder, ImageFacts facts) {
    this.file = file;
    this.index = index;
    this.decoder = decoder;
    this.facts = facts;
    this.extents = extents(index);
  }

  /** The memory with gaps of less than 2 MiB filled. */
  static List<PhysicalExtent> extents(FrameIndex index) {
    List<PhysicalExtent> extents = new ArrayList<>();
    int run = 0;
    while (run < index.size()) {
      long start = index.frame(run);
      long end = index.endFrame(run);
      run++;
      while (run < index.size() && index.frame(run) - end < LARGEST_GAP_PAGES) {
        end = index.endFrame(run);
        run++;
      }
      extents.add(
          new PhysicalExtent(
              Pages.address(start), end - start, RangeKind.RAM, RangeProvenance.CONTAINER, ""));
    }
    return extents;
  }

  @Override
  public ImageFacts facts() {
    return facts;
  }

  @Override
  public List<PhysicalExtent> extents() {
    return extents;
  }

  @Override
  public void read(
      long physicalAddress, int pageCount, MemorySegment destination, PageState[] states) {
    long first = Pages.frameNumber(physicalAddress);
    int run = index.firstEndingAfter(first);
    for (int i = 0; i < pageCount; i++) {
      long frame = first + i;
      if (run < index.size() && index.endFrame(run) <= frame) {
        run++;
      }
      boolean known = run < index.size() && index.frame(run) <= frame;
      MemorySegment page = destination.asSlice(Pages.address(i), Pages.SIZE);
      if (!known) {
        states[i] = PageState.EXCLUDED;
        page.fill((byte) 0);
      } else {
        states[i] = read(run, frame, page);
      }
    }
  }

  private PageState read(int run, long frame, MemorySegment page) {
    if (index.content(run) >= 0) {
      int contentPage = index.content(run) + (int) (frame - index.frame(run));
      Optional<MemorySegment> content = decoder.page(contentPage);
      if (content.isPresent()) {
        page.copyFrom(content.get());
        return PageState.PRESENT;
      }
    }
    page.fill((byte) 0);
    return PageState.UNREADABLE;
  }

  @Override
  public void close() {
    file.close();
  }
}
