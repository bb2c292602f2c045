package io.pagestream.images.pagetable;

import java.util.Arrays;

/**
 * A set of pairs of longs, two words per pair: the tables that have been walked, with their virtual
 * addresses. Grows with the number of pairs, which the walk's budget bounds.
 */
final class SeenPairs {
  /** A value that is not the first of any pair. */
  private static final long FREE = -1;

  private long[] pairs = emptyTable(1 << 12);
  private int size;

  /**
   * Adds a pair.
   *
   * @param first not -1
   * @return whether it is new
   */
  boolean add(long first, long second) {
    if (size * 4L > pairs.length) {
      grow();
    }
    int at = slot(pairs, first, second);
    if (pairs[at] != FREE) {
      return false;
    }
    pairs[at] = first;
    pairs[at + 1] = second;
    size++;
    return true;
  }

  private void grow() {
    long[] larger = emptyTable(pairs.length * 2);
    for (int i = 0; i < pairs.length; i += 2) {
      if (pairs[i] != FREE) {
        int at = slot(larger, pairs[i], pairs[i + 1]);
        larger[at] = pairs[i];
        larger[at + 1] = pairs[i + 1];
      }
    }
    pairs = larger;
  }

  /** Index of the pair's first word, or of the free slot for it. */
  private static int slot(long[] table, long first, long second) {
    long hash = ((first * 0x9e3779b97f4a7c15L) ^ second) * 0xbf58476d1ce4e5b9L;
    int mask = table.length - 2;
    int at = ((int) (hash >>> 32) << 1) & mask;
    while (table[at] != FREE && (table[at] != first || table[at + 1] != second)) {
      at = (at + 2) & mask;
    }
    return at;
  }

  private static long[] emptyTable(int words) {
    long[] table = new long[words];
    Arrays.fill(table, FREE);
    return table;
  }
}
