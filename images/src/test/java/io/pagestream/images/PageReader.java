package io.pagestream.images;

import io.pagestream.images.memory.MemoryImage;
import io.pagestream.images.memory.PageState;
import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.schemas.page.Pages;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.function.BiConsumer;

/** Reads pages of an image for tests, across extents. */
public final class PageReader {
  private static final int MOST_PAGES = 256;

  /** Shared, since tests open images by the thousand. */
  private static final MemorySegment BUFFER =
      Arena.global().allocate(Pages.address(MOST_PAGES), Pages.SIZE);

  private final MemorySegment buffer = BUFFER;
  private final PageState[] states = new PageState[MOST_PAGES];
  private final MemoryImage image;

  public PageReader(MemoryImage image) {
    this.image = image;
  }

  /** Whether an extent has the page. */
  boolean has(long address) {
    return image.extents().stream()
        .anyMatch(e -> e.physicalAddress() <= address && address < e.endAddress());
  }

  /** State of one page, which must be in an extent; its bytes are in {@link #bytes}. */
  public PageState read(long address) {
    image.read(address, 1, buffer, states);
    return states[0];
  }

  /** Bytes of the page read last by {@link #read(long)}. */
  byte[] bytes() {
    return buffer.asSlice(0, Pages.SIZE).toArray(ValueLayout.JAVA_BYTE);
  }

  /** Reads all pages in runs of a length; delivers each page's address, state and bytes. */
  public void readAll(int runPages, BiConsumer<Long, Page> consumer) {
    for (PhysicalExtent extent : image.extents()) {
      for (long page = 0; page < extent.pageCount(); page += runPages) {
        int count = (int) Math.min(runPages, extent.pageCount() - page);
        long address = extent.physicalAddress() + Pages.address(page);
        buffer.fill((byte) 0xA5);
        image.read(address, count, buffer, states);
        for (int i = 0; i < count; i++) {
          byte[] bytes =
              buffer.asSlice(Pages.address(i), Pages.SIZE).toArray(ValueLayout.JAVA_BYTE);
          consumer.accept(address + Pages.address(i), new Page(states[i], ByteBuffer.wrap(bytes)));
        }
      }
    }
  }

  public record Page(PageState state, ByteBuffer bytes) {}
}
