package io.pagestream.images.format.hiberfil;

import io.pagestream.images.source.ImageBytes;
import java.util.Arrays;

/**
 * Collects the blocks of a hibernation file and the frames whose pages they contain. The pages of
 * all blocks, one after the other, are numbered: the content pages. Everything is in primitive
 * arrays, since a file may have millions of blocks.
 */
final class StoredPages {
  /** Pages of a block at most: 64 KiB. */
  static final int MOST_BLOCK_PAGES = 16;

  /** 64 GiB of content in full blocks take 1 Mi. */
  private static final int MOST_BLOCKS = 1 << 22;

  private static final int MOST_RUNS = 1 << 22;
  private static final int LOST = -1;

  private final ImageBytes bytes;
  private long[] blockOffsets = new long[64];
  private int[] blockBytes = new int[64];
  private int[] blockPages = new int[64];
  private int blocks;
  private long[] frames = new long[64];
  private int[] contents = new int[64];
  private int[] counts = new int[64];
  private int runs;
  private int contentPages;
  private int mappedPages;
  private long lostPages;

  StoredPages(ImageBytes bytes) {
    this.bytes = bytes;
  }

  /**
   * Adds a block.
   *
   * @param offset offset of its data in the file
   * @param size length of its data; at most 64 KiB
   * @param pages its pages, 1 to 16
   */
  void addBlock(long offset, int size, int pages, Compression compression) {
    if (blocks == MOST_BLOCKS) {
      throw bytes.corrupt(offset, "more than %,d blocks of pages".formatted(MOST_BLOCKS));
    }
    if (blocks == blockOffsets.length) {
      blockOffsets = Arrays.copyOf(blockOffsets, 2 * blocks);
      blockBytes = Arrays.copyOf(blockBytes, 2 * blocks);
      blockPages = Arrays.copyOf(blockPages, 2 * blocks);
    }
    blockOffsets[blocks] = offset;
    blockBytes[blocks] = size << 2 | compression.bits();
    blockPages[blocks] = contentPages;
    mappedPages = contentPages;
    blocks++;
    contentPages += pages;
  }

  /** The next pages of the last block, of those that have no frame yet, are of these frames. */
  void addFrames(long frame, int pages) {
    add(frame, pages, mappedPages);
    mappedPages += pages;
  }

  /** The file should have the pages of these frames, but they are lost. */
  void addLost(long frame, int pages) {
    add(frame, pages, LOST);
    lostPages += pages;
  }

  private void add(long frame, int pages, int content) {
    boolean continues =
        runs > 0
            && frames[runs - 1] + counts[runs - 1] == frame
            && counts[runs - 1] <= Integer.MAX_VALUE - pages
            && (content == LOST
                ? contents[runs - 1] == LOST
                : contents[runs - 1] != LOST && contents[runs - 1] + counts[runs - 1] == content);
    if (continues) {
      counts[runs - 1] += pages;
      return;
    }
    if (runs == MOST_RUNS) {
      throw bytes.corrupt(0, "more than %,d ranges of pages".formatted(MOST_RUNS));
    }
    if (runs == frames.length) {
      frames = Arrays.copyOf(frames, 2 * runs);
      contents = Arrays.copyOf(contents, 2 * runs);
      counts = Arrays.copyOf(counts, 2 * runs);
    }
    frames[runs] = frame;
    contents[runs] = content;
    counts[runs] = pages;
    runs++;
  }

  /** Pages that the blocks contain. */
  int contentPages() {
    return contentPages;
  }

  /** Pages that are lost. */
  long lostPages() {
    return lostPages;
  }

  /** Number of blocks. */
  int blockCount() {
    return blocks;
  }

  /** Offset of a block's data in the file. */
  long blockOffset(int block) {
    return blockOffsets[block];
  }

  /** Length of a block's data in the file. */
  int blockBytes(int block) {
    return blockBytes[block] >>> 2;
  }

  /** How a block is stored. */
  Compression compression(int block) {
    return Compression.of(blockBytes[block] & 3);
  }

  /** First content page of a block. */
  int firstPage(int block) {
    return blockPages[block];
  }

  /** Content page after the last one of a block. */
  int endPage(int block) {
    return block + 1 < blocks ? blockPages[block + 1] : contentPages;
  }

  /** The block with a content page. */
  int blockOf(int contentPage) {
    int found = Arrays.binarySearch(blockPages, 0, blocks, contentPage);
    return found >= 0 ? found : -found - 2;
  }

  /** The frames in ascending order. */
  FrameIndex index() {
    return FrameIndex.of(
        Arrays.copyOf(frames, runs), Arrays.copyOf(contents, runs), Arrays.copyOf(counts, runs));
  }
}
