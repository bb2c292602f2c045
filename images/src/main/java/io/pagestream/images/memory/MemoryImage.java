package io.pagestream.images.memory;

import java.io.Closeable;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * One acquisition of one machine's physical memory, whatever its format: the one interface between
 * formats and the rest. Holds no image-sized state. Not thread-safe; it is read by one thread.
 */
public interface MemoryImage extends Closeable {
  /** What the format says of the image besides its pages. */
  ImageFacts facts();

  /**
   * Where the image has something to say about physical memory: page aligned, sorted by address,
   * disjoint, below {@link io.pagestream.schemas.page.Pages#ADDRESS_LIMIT}. A page that is only
   * partly covered belongs to an extent; its missing bytes read as zeros and a warning tells.
   */
  List<PhysicalExtent> extents();

  /**
   * Reads consecutive pages of one extent.
   *
   * @param physicalAddress address of the first page
   * @param pageCount number of pages; all lie in one extent
   * @param destination native memory of at least {@code pageCount} pages; the bytes of every page
   *     whose state does not {@linkplain PageState#hasBytes() have bytes} are zero afterwards
   * @param states receives the state of each page, from index 0
   * @throws io.pagestream.schemas.error.PagestreamException only if the file can no longer be read
   *     at all; damage that concerns single pages is a {@link PageState}, never an exception
   */
  void read(long physicalAddress, int pageCount, MemorySegment destination, PageState[] states);

  /**
   * Where a page lies, as it is and as a whole, in the image's only file; -1 where it does not: it
   * is compressed, or put together from parts.
   */
  default long fileOffsetOf(long physicalAddress) {
    return -1;
  }

  @Override
  void close();
}
