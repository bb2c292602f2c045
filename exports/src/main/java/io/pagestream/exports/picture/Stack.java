package io.pagestream.exports.picture;

/** A column of a band: the states of its pages, stacked. */
final class Stack {
  /** Every state that occurs is visible, however few pages it has. */
  private static final int LEAST_PIXELS = 2;

  private Stack() {}

  /**
   * Pixels for each part.
   *
   * @param pages pages of each part
   * @param capacity pages that correspond to the whole height; parts with a larger sum fill it
   * @param height pixels of the whole
   */
  static int[] heights(long[] pages, long capacity, int height) {
    int[] heights = new int[pages.length];
    long all = 0;
    for (long part : pages) {
      all += part;
    }
    long whole = Math.max(all, capacity);
    int sum = 0;
    int largest = 0;
    for (int i = 0; i < pages.length; i++) {
      if (pages[i] > 0) {
        heights[i] = (int) Math.max(LEAST_PIXELS, Math.round((double) height * pages[i] / whole));
        sum += heights[i];
        largest = heights[i] > heights[largest] ? i : largest;
      }
    }
    int room = all >= capacity ? height : Math.min(height, sum);
    if (sum > 0) {
      heights[largest] = Math.max(0, heights[largest] + room - sum);
    }
    return heights;
  }
}
