package io.pagestream.images.format.avml;

import java.util.Arrays;

/**
 * Where chunks begin, in the content of all blocks one after the other and in the file. Every 16th
 * chunk is noted: 1 MiB for 64 GiB of memory.
 */
final class ChunkIndex {
  private static final int EVERY = 16;

  private long[] contentOffsets = new long[64];
  private long[] fileOffsets = new long[64];
  private int size;
  private int untilNext;
  private long length;

  /** Length of the content so far. */
  long length() {
    return length;
  }

  /** The next chunk begins a block: it is noted. */
  void beginBlock() {
    untilNext = 0;
  }

  /** Adds a chunk with content. */
  void add(SnappyChunk chunk) {
    if (untilNext == 0) {
      if (size == fileOffsets.length) {
        contentOffsets = Arrays.copyOf(contentOffsets, 2 * size);
        fileOffsets = Arrays.copyOf(fileOffsets, 2 * size);
      }
      contentOffsets[size] = length;
      fileOffsets[size] = chunk.offset();
      size++;
      untilNext = EVERY;
    }
    untilNext--;
    length += chunk.contentBytes();
  }

  /** Index of the last noted chunk at or before an offset of the content, which is in it. */
  int before(long contentOffset) {
    int found = Arrays.binarySearch(contentOffsets, 0, size, contentOffset);
    return found >= 0 ? found : -found - 2;
  }

  long contentOffset(int index) {
    return contentOffsets[index];
  }

  long fileOffset(int index) {
    return fileOffsets[index];
  }
}
