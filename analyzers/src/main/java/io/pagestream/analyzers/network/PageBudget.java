package io.pagestream.analyzers.network;

import java.util.Arrays;

/**
 * Limits the bytes of packets that findings contain: those of the packets that start in one page
 * may be four times as many as the page's, so that packets that overlap on purpose do not fill
 * memory. The unit is the page, so the limit does not depend on how memory is cut into windows.
 */
final class PageBudget {
  private static final int BYTES = 16 * 1024;

  private int[] spent = new int[0];

  /** Forgets the previous window. */
  void restart(int pages) {
    if (spent.length < pages) {
      spent = new int[pages];
    }
    Arrays.fill(spent, 0, pages, 0);
  }

  /** Whether the page's budget covers this number of bytes, which are then spent. */
  boolean spend(int page, int bytes) {
    if (spent[page] + bytes > BYTES) {
      return false;
    }
    spent[page] += bytes;
    return true;
  }
}
