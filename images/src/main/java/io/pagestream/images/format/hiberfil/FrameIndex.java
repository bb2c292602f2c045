package io.pagestream.images.format.hiberfil;

import java.util.Arrays;

/** Runs of frames with their content pages, in ascending order and disjoint. */
final class FrameIndex {
  /** Frames have at most 40 bits (addresses of 52), so that a run's number fits beside one. */
  private static final int NUMBER_BITS = 23;

  private final long[] frames;
  private final int[] contents;
  private final int[] counts;
  private final int size;
  private final long repeated;

  private FrameIndex(long[] frames, int[] contents, int[] counts, int size, long repeated) {
    this.frames = frames;
    this.contents = contents;
    this.counts = counts;
    this.size = size;
    this.repeated = repeated;
  }

  /**
   * Sorts runs. Where runs overlap, the one that begins first is used, of equal ones the first in
   * the file.
   */
  static FrameIndex of(long[] frames, int[] contents, int[] counts) {
    long[] order = new long[frames.length];
    for (int i = 0; i < frames.length; i++) {
      order[i] = frames[i] << NUMBER_BITS | i;
    }
    Arrays.sort(order);
    long[] sorted = new long[frames.length];
    int[] sortedContents = new int[frames.length];
    int[] sortedCounts = new int[frames.length];
    int size = 0;
    long end = 0;
    long repeated = 0;
    for (long key : order) {
      int run = (int) (key & (1 << NUMBER_BITS) - 1);
      long hidden = Math.clamp(end - frames[run], 0, counts[run]);
      repeated += hidden;
      if (hidden < counts[run]) {
        sorted[size] = frames[run] + hidden;
        sortedContents[size] = contents[run] < 0 ? contents[run] : contents[run] + (int) hidden;
        sortedCounts[size] = counts[run] - (int) hidden;
        end = frames[run] + counts[run];
        size++;
      }
    }
    return new FrameIndex(sorted, sortedContents, sortedCounts, size, repeated);
  }

  /** Number of runs. */
  int size() {
    return size;
  }

  /** Pages that the file contains more than once. */
  long repeated() {
    return repeated;
  }

  /** First frame of a run. */
  long frame(int run) {
    return frames[run];
  }

  /** Frame after the last one of a run. */
  long endFrame(int run) {
    return frames[run] + counts[run];
  }

  /** Content page of the first frame of a run; negative if its pages are lost. */
  int content(int run) {
    return contents[run];
  }

  /** The first run that ends after a frame; {@link #size()} if there is none. */
  int firstEndingAfter(long frame) {
    int found = Arrays.binarySearch(frames, 0, size, frame);
    int run = found >= 0 ? found : -found - 2;
    return run >= 0 && endFrame(run) > frame ? run : run + 1;
  }
}
