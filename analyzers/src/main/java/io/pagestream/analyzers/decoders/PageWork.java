package io.pagestream.analyzers.decoders;

import io.pagestream.analyzers.api.Window;
import io.pagestream.schemas.page.Pages;
import java.util.Arrays;

/**
 * Limits the work on the streams that start in a page, so that memory full of anchors, each of
 * which starts a long stream over the same bytes, costs linear time. The limit applies to a page
 * for the same reason as that of decoded content: it does not depend on how memory is cut into
 * runs. Decoded data is limited as a whole, in proportion to its length.
 */
final class PageWork {
  /** For a page of memory: three streams of 64 KiB that yield 256 KiB each. */
  static final int PAGE_UNITS = 1024 * 1024;

  /** For each byte of decoded data. */
  static final int UNITS_PER_DECODED_BYTE = 32;

  /** Two pages at a time: matches are sorted by their ends, not by their starts. */
  private final long[] pages = new long[2];

  private final int[] left = new int[2];
  private final boolean[] reported = new boolean[2];
  private boolean isMemory;

  /** Starts with another window. */
  void begin(Window window) {
    Arrays.fill(pages, -1);
    isMemory = window.start().isMemory();
    if (!isMemory) {
      pages[0] = 0;
      left[0] =
          (int) Math.min(PAGE_UNITS, (long) UNITS_PER_DECODED_BYTE * window.bytes().byteSize());
      reported[0] = false;
    }
  }

  /** Returns whether there is work left for a stream that starts at an offset. */
  boolean admits(Window window, int offset) {
    return left[slot(window, offset)] > 0;
  }

  /** Subtracts the work on a stream. */
  void spend(Window window, int offset, int units) {
    left[slot(window, offset)] -= units;
  }

  /** Returns true once for each page whose limit has been reached. */
  boolean reports(Window window, int offset) {
    int slot = slot(window, offset);
    boolean first = !reported[slot];
    reported[slot] = true;
    return first;
  }

  private int slot(Window window, int offset) {
    if (!isMemory) {
      return 0;
    }
    long page = Pages.floor(window.alignmentOf(offset));
    int slot = (int) (page / Pages.SIZE & 1);
    if (pages[slot] != page) {
      pages[slot] = page;
      left[slot] = PAGE_UNITS;
      reported[slot] = false;
    }
    return slot;
  }
}
