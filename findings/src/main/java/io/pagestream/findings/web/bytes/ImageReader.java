package io.pagestream.findings.web.bytes;

import io.pagestream.images.MemoryImages;
import io.pagestream.images.OpenOptions;
import io.pagestream.images.OpenedImage;
import io.pagestream.images.memory.PageState;
import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.schemas.page.Pages;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One opened image, read page by page. Belongs to one thread. */
final class ImageReader implements AutoCloseable {
  private final OpenedImage opened;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment page = arena.allocate(Pages.SIZE, Pages.SIZE);
  private final PageState[] state = new PageState[1];

  ImageReader(List<Path> files, OpenOptions options) {
    this.opened = MemoryImages.open(files, options);
  }

  PageBytes read(long physicalAddress) {
    long address = physicalAddress & -Pages.SIZE;
    PhysicalExtent extent = extentOf(address);
    if (extent == null) {
      return new PageBytes.Absent("The image has no bytes of this page.", false);
    }
    opened.image().read(address, 1, page, state);
    return switch (state[0]) {
      case PRESENT, DOUBTFUL ->
          new PageBytes.Read(
              ByteBuffer.wrap(page.toArray(ValueLayout.JAVA_BYTE)).asReadOnlyBuffer(),
              opened.name());
      case EXCLUDED -> new PageBytes.Absent("The image says that this page was left out.", false);
      case UNREADABLE -> new PageBytes.Absent("This page of the image cannot be read.", false);
    };
  }

  private @Nullable PhysicalExtent extentOf(long address) {
    List<PhysicalExtent> extents = opened.image().extents();
    int low = 0;
    int high = extents.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      PhysicalExtent extent = extents.get(middle);
      if (address < extent.physicalAddress()) {
        high = middle - 1;
      } else if (address >= extent.endAddress()) {
        low = middle + 1;
      } else {
        return extent;
      }
    }
    return null;
  }

  @Override
  public void close() {
    opened.close();
    arena.close();
  }
}
