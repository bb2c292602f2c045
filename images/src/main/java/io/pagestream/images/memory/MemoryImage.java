package io.pagestream.images.memory;

import java.io.Closeable;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * One acquisition of one machine's physical memory in any format: the only interface between
 * formats and other code. Holds no state in proportion to the image. Not thread-safe; it is read by
 * one thread.
 */
public interface MemoryImage extends Closeable {
  /** Facts about the image besides its pages. */
  ImageFacts facts();

  /**
   * The physical memory that the image describes: page aligned, sorted by address, disjoint, below
   * {@link io.pagestream.schemas.page.Pages#ADDRESS_LIMIT}. A partly covered page belongs to an
   * extent; its missing bytes read as zeros, with a warning.
   */
  List<PhysicalExtent> extents();

  /**
   * Reads consecutive pages of one extent.
   *
   * @param physicalAddress address of the first page
   * @param pageCount number of pages; all are in one extent
   * @param destination native memory of at least {@code pageCount} pages; the bytes of every page
   *     whose state does not {@linkplain PageState#hasBytes() have bytes} are zero afterwards
   * @param states receives the state of each page, from index 0
   * @throws io.pagestream.schemas.error.PagestreamException only if the file can no longer be read
   *     at all; damage that concerns single pages is a {@link PageState}, never an exception
   */
  void read(long physicalAddress, int pageCount, MemorySegment destination, PageState[] states);

  /**
   * Number of pages from an address on, in one extent, that are known without reading them to be
   * {@linkplain PageState#PRESENT present} and zero: they are in a hole of a sparse file. 0 if that
   * is not known.
   */
  default long zeroPagesFrom(long physicalAddress) {
    return 0;
  }

  /**
   * Offset of a page that is stored verbatim and contiguously in the image's only file; -1
   * otherwise: it is compressed, or assembled from parts.
   */
  default long fileOffsetOf(long physicalAddress) {
    return -1;
  }

  @Override
  void close();
}
