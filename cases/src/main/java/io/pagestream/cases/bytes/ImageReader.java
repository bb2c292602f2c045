package io.pagestream.cases.bytes;

import io.pagestream.images.MemoryImages;
import io.pagestream.images.OpenOptions;
import io.pagestream.images.OpenedImage;
import io.pagestream.images.memory.PageState;
import io.pagestream.schemas.page.Pages;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/** One opened image, read page by page. Confined to one thread. */
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
    if (!opened.covers(address)) {
      return new PageBytes.Absent("The image has no bytes for this page.", false);
    }
    opened.image().read(address, 1, page, state);
    return switch (state[0]) {
      case PRESENT, DOUBTFUL ->
          new PageBytes.Read(
              ByteBuffer.wrap(page.toArray(ValueLayout.JAVA_BYTE)).asReadOnlyBuffer(),
              opened.name());
      case EXCLUDED -> new PageBytes.Absent("The image marks this page as left out.", false);
      case UNREADABLE -> new PageBytes.Absent("This page of the image cannot be read.", false);
    };
  }

  @Override
  public void close() {
    opened.close();
    arena.close();
  }
}
