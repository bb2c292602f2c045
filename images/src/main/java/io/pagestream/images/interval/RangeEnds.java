package io.pagestream.images.interval;

/** Binary search over the ends of ranges that are sorted and disjoint. */
public final class RangeEnds {
  private RangeEnds() {}

  /**
   * The first range that ends after an address: the one that covers it, or else the next.
   *
   * @param ends address after the last byte of each range, ascending
   * @return its index; the number of ranges if there is none
   */
  public static int firstAfter(long[] ends, long address) {
    int low = 0;
    int high = ends.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ends[middle] > address) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
