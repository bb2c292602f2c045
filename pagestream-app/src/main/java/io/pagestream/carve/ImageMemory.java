package io.pagestream.carve;

import io.pagestream.analyzers.extent.ContiguousBytes;
import io.pagestream.images.memory.MemoryImage;
import io.pagestream.images.memory.PageState;
import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.schemas.page.Pages;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import java.util.TreeMap;

/**
 * The pages of an image as contiguous bytes from any address on, up to the first page without bytes
 * or the end of an extent that has no neighbor.
 */
final class ImageMemory implements AutoCloseable {
  private static final int MOST_PAGES = ContiguousBytes.PIECE / Pages.SIZE + 1;

  private final MemoryImage image;
  private final TreeMap<Long, PhysicalExtent> extents = new TreeMap<>();
  private final Arena arena = Arena.ofConfined();
  private final MemorySegment pages = arena.allocate((long) MOST_PAGES * Pages.SIZE);
  private final PageState[] states = new PageState[MOST_PAGES];
  private long bytesRead;

  ImageMemory(MemoryImage image) {
    this.image = image;
    for (PhysicalExtent extent : image.extents()) {
      extents.put(extent.physicalAddress(), extent);
    }
  }

  /** Bytes of all extents. */
  long size() {
    return extents.values().stream().mapToLong(one -> Pages.address(one.pageCount())).sum();
  }

  /** Number of bytes that were read. */
  long bytesRead() {
    return bytesRead;
  }

  /** Contiguous memory from an address on. */
  ContiguousBytes from(long address, long limit) {
    return new ContiguousBytes((offset, into) -> read(address + offset, into), limit);
  }

  private int read(long address, byte[] into) {
    long first = Pages.floor(address);
    int skipped = (int) (address - first);
    int wanted = (int) Pages.frameNumber(Pages.ceil(skipped + (long) into.length));
    int present = 0;
    while (present < wanted) {
      int more = readPages(first + Pages.address(present), present, wanted - present);
      if (more == 0) {
        break;
      }
      present += more;
    }
    int length = Math.max(0, Math.min(into.length, present * Pages.SIZE - skipped));
    MemorySegment.copy(pages, ValueLayout.JAVA_BYTE, skipped, into, 0, length);
    bytesRead += (long) wanted * Pages.SIZE;
    return length;
  }

  /** Reads pages of one extent; returns how many have bytes before the first that has none. */
  private int readPages(long address, int at, int count) {
    Map.Entry<Long, PhysicalExtent> extent = extents.floorEntry(address);
    if (extent == null || address >= extent.getValue().endAddress()) {
      return 0;
    }
    int here = (int) Math.min(count, Pages.frameNumber(extent.getValue().endAddress() - address));
    image.read(address, here, pages.asSlice((long) at * Pages.SIZE), states);
    int present = 0;
    while (present < here && states[present].hasBytes()) {
      present++;
    }
    return present;
  }

  @Override
  public void close() {
    arena.close();
  }
}
