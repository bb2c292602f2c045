package io.pagestream.images.format.qemu;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The record of each page of a RAM block: the last one in the stream, because a running machine
 * sends a page again after writing to it. Pages are grouped; a group whose records lie at equal
 * distances, as in streams of stopped machines, takes a few bytes. Memory is at most 8 bytes for
 * each record in the stream, plus 8 bytes for each 2 MiB of the block.
 */
final class PageIndex {
  /** No record of the page. */
  static final long NONE = Long.MIN_VALUE;

  private static final int GROUP = 512;

  /** Words of a run: first page and count, first value, distance between values. */
  private static final int RUN = 3;

  private final long pages;
  private final long[] @Nullable [] groups;
  private final long[] open = new long[GROUP];
  private int openGroup = -1;

  PageIndex(long pages) {
    this.pages = pages;
    this.groups = new long[(int) ((pages + GROUP - 1) / GROUP)][];
  }

  /** Number of pages of the block. */
  long pages() {
    return pages;
  }

  /** Notes the record of a page, in place of an earlier one. */
  void set(long page, long value) {
    open((int) (page / GROUP));
    open[(int) (page % GROUP)] = value;
  }

  /** The record of a page, or {@link #NONE}. */
  long get(long page) {
    int group = (int) (page / GROUP);
    int index = (int) (page % GROUP);
    if (group == openGroup) {
      return open[index];
    }
    long[] packed = groups[group];
    return packed == null ? NONE : packed.length == GROUP ? packed[index] : inRuns(packed, index);
  }

  private static long inRuns(long[] runs, int index) {
    for (int i = 0; i < runs.length; i += RUN) {
      int first = (int) (runs[i] >>> 32);
      int count = (int) runs[i];
      if (index >= first && index < first + count) {
        return runs[i + 1] + (index - first) * runs[i + 2];
      }
    }
    return NONE;
  }

  private void open(int group) {
    if (group == openGroup) {
      return;
    }
    pack();
    long[] packed = groups[group];
    if (packed == null) {
      Arrays.fill(open, NONE);
    } else if (packed.length == GROUP) {
      System.arraycopy(packed, 0, open, 0, GROUP);
    } else {
      for (int i = 0; i < GROUP; i++) {
        open[i] = inRuns(packed, i);
      }
    }
    openGroup = group;
  }

  /** Stores the open group, as runs if these take less space. */
  private void pack() {
    if (openGroup < 0) {
      return;
    }
    long[] runs = new long[GROUP];
    int size = 0;
    for (int at = 0; at < GROUP; ) {
      if (open[at] == NONE) {
        at++;
        continue;
      }
      int end = runEnd(at);
      if (size + RUN >= GROUP) {
        groups[openGroup] = open.clone();
        return;
      }
      runs[size] = ((long) at << 32) | (end - at);
      runs[size + 1] = open[at];
      runs[size + 2] = end - at > 1 ? open[at + 1] - open[at] : 0;
      size += RUN;
      at = end;
    }
    groups[openGroup] = Arrays.copyOf(runs, size);
  }

  private int runEnd(int from) {
    int end = from + 1;
    if (end < GROUP && open[end] != NONE) {
      long distance = open[end] - open[from];
      while (end < GROUP && open[end] != NONE && open[end] - open[end - 1] == distance) {
        end++;
      }
    }
    return end;
  }
}
