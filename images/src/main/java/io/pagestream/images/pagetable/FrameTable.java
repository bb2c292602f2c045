package io.pagestream.images.pagetable;

import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.schemas.page.Pages;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@link PageFacts} of every page of an image, 512 pages per chunk: a chunk with equal pages is one
 * int, any other chunk is 512. Chunks without mappings cost nothing. Pages outside the image's
 * extents are not kept.
 */
final class FrameTable {
  private static final int CHUNK_SHIFT = 9;
  private static final int CHUNK_PAGES = 1 << CHUNK_SHIFT;
  private static final int GROUP_SHIFT = 10;
  private static final int GROUP_CHUNKS = 1 << GROUP_SHIFT;

  /** First chunk number, and the one after the last, of each stretch with extents. */
  private final long[] stretchStarts;

  private final long[] stretchEnds;

  /** Number of chunks in all stretches before each. */
  private final long[] chunksBefore;

  private final @Nullable Group[] groups;

  private int lastStretch;

  /** A group of chunks that are allocated together. */
  private static final class Group {
    private final int[] uniform = new int[GROUP_CHUNKS];
    private final int[] @Nullable [] own = new int[GROUP_CHUNKS][];
  }

  FrameTable(List<PhysicalExtent> extents) {
    long[] starts = new long[extents.size()];
    long[] ends = new long[extents.size()];
    int stretches = 0;
    for (PhysicalExtent extent : extents) {
      long start = Pages.frameNumber(extent.physicalAddress()) >>> CHUNK_SHIFT;
      long end = ((Pages.frameNumber(extent.endAddress()) - 1) >>> CHUNK_SHIFT) + 1;
      if (stretches > 0 && start <= ends[stretches - 1]) {
        ends[stretches - 1] = end;
      } else {
        starts[stretches] = start;
        ends[stretches++] = end;
      }
    }
    this.stretchStarts = Arrays.copyOf(starts, stretches);
    this.stretchEnds = Arrays.copyOf(ends, stretches);
    this.chunksBefore = new long[stretches];
    long chunks = 0;
    for (int i = 0; i < stretches; i++) {
      chunksBefore[i] = chunks;
      chunks += ends[i] - starts[i];
    }
    this.groups = new Group[(int) ((chunks + GROUP_CHUNKS - 1) >>> GROUP_SHIFT)];
  }

  /**
   * Counts a mapping of consecutive pages.
   *
   * @param type {@link TypeIndex} of the effective cache type
   */
  void addMapping(long physicalAddress, long pageCount, int type, boolean large) {
    add(physicalAddress, pageCount, PageFacts.mapping(type, large));
  }

  /** Marks a page as containing a paging structure. */
  void markPagingStructure(long physicalAddress) {
    add(physicalAddress, 1, PageFacts.PAGING_STRUCTURE);
  }

  /** Marks pages as accessible in user mode. */
  void markUserMapped(long physicalAddress, long pageCount) {
    add(physicalAddress, pageCount, PageFacts.USER_MAPPED);
  }

  /**
   * Marks pages.
   *
   * @param bits some of bits 16 to 23 and 27 to 31
   */
  void mark(long physicalAddress, long pageCount, int bits) {
    add(physicalAddress, pageCount, bits);
  }

  /** The facts of a page; 0 outside the image. */
  int factsOf(long physicalAddress) {
    long frame = Pages.frameNumber(physicalAddress);
    int stretch = stretchEndingAfter(frame >>> CHUNK_SHIFT);
    if (stretch == stretchEnds.length || stretchStarts[stretch] > frame >>> CHUNK_SHIFT) {
      return 0;
    }
    long chunk = chunksBefore[stretch] + (frame >>> CHUNK_SHIFT) - stretchStarts[stretch];
    Group group = groups[(int) (chunk >>> GROUP_SHIFT)];
    if (group == null) {
      return 0;
    }
    int at = (int) chunk & GROUP_CHUNKS - 1;
    int[] own = group.own[at];
    return own == null ? group.uniform[at] : own[(int) frame & CHUNK_PAGES - 1];
  }

  /**
   * The address after the last of the consecutive pages, from one on, that have the same facts.
   * Areas without mappings are skipped 2 GiB at a time.
   *
   * @param end address at which the search ends
   */
  long endOfEqual(long physicalAddress, long end) {
    int facts = factsOf(physicalAddress);
    long at = physicalAddress;
    while (at < end && factsOf(at) == facts) {
      at = Pages.address(endOfPiece(Pages.frameNumber(at)));
    }
    return Math.min(at, end);
  }

  /** The frame after the last one that is known to have the same facts as a frame. */
  private long endOfPiece(long frame) {
    long number = frame >>> CHUNK_SHIFT;
    int stretch = stretchEndingAfter(number);
    if (stretch == stretchEnds.length) {
      return Pages.frameNumber(Pages.ADDRESS_LIMIT);
    }
    if (stretchStarts[stretch] > number) {
      return stretchStarts[stretch] << CHUNK_SHIFT;
    }
    long chunk = chunksBefore[stretch] + number - stretchStarts[stretch];
    Group group = groups[(int) (chunk >>> GROUP_SHIFT)];
    if (group == null) {
      long chunksLeft = GROUP_CHUNKS - (chunk & GROUP_CHUNKS - 1);
      return Math.min(stretchEnds[stretch], number + chunksLeft) << CHUNK_SHIFT;
    }
    return group.own[(int) chunk & GROUP_CHUNKS - 1] == null
        ? (number + 1) << CHUNK_SHIFT
        : frame + 1;
  }

  private void add(long physicalAddress, long pageCount, int addition) {
    long from = Pages.frameNumber(physicalAddress);
    long end = from + pageCount;
    int stretch = stretchEndingAfter(from >>> CHUNK_SHIFT);
    for (; stretch < stretchEnds.length; stretch++) {
      long first = Math.max(from, stretchStarts[stretch] << CHUNK_SHIFT);
      long last = Math.min(end, stretchEnds[stretch] << CHUNK_SHIFT);
      if (first >= end) {
        return;
      }
      for (long frame = first; frame < last; ) {
        long chunkEnd = Math.min(last, ((frame >>> CHUNK_SHIFT) + 1) << CHUNK_SHIFT);
        long chunk = chunksBefore[stretch] + (frame >>> CHUNK_SHIFT) - stretchStarts[stretch];
        addInChunk(chunk, (int) frame & CHUNK_PAGES - 1, (int) (chunkEnd - frame), addition);
        frame = chunkEnd;
      }
    }
  }

  private void addInChunk(long chunk, int page, int count, int addition) {
    int groupIndex = (int) (chunk >>> GROUP_SHIFT);
    Group group = groups[groupIndex];
    if (group == null) {
      group = new Group();
      groups[groupIndex] = group;
    }
    int at = (int) chunk & GROUP_CHUNKS - 1;
    int[] own = group.own[at];
    if (own == null && count == CHUNK_PAGES) {
      group.uniform[at] = PageFacts.with(group.uniform[at], addition);
      return;
    }
    if (own == null) {
      own = new int[CHUNK_PAGES];
      Arrays.fill(own, group.uniform[at]);
      group.own[at] = own;
    }
    for (int i = page; i < page + count; i++) {
      own[i] = PageFacts.with(own[i], addition);
    }
  }

  /** Index of the first stretch that ends after a chunk. */
  private int stretchEndingAfter(long chunk) {
    if (lastStretch < stretchEnds.length
        && stretchStarts[lastStretch] <= chunk
        && chunk < stretchEnds[lastStretch]) {
      return lastStretch;
    }
    int low = 0;
    int high = stretchEnds.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (stretchEnds[middle] > chunk) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    lastStretch = low;
    return low;
  }
}
