package io.pagestream.images.pagetable;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * The tables that a walk has visited. A table that several address spaces share at one virtual
 * address is walked once. A table that recurs at new virtual addresses (a loop, or a kernel that
 * maps a huge shadow region with one table) is walked at the first {@link #MOST_ADDRESSES} of them:
 * its leaves, and therefore the cache types, are the same at all addresses.
 */
final class SeenTables {
  /** Maximum number of virtual addresses at which one table of one level is walked. */
  static final int MOST_ADDRESSES = 64;

  private static final long FREE = -1;

  private final SeenPairs places = new SeenPairs();

  /** Tables at which walks were abandoned: one for each level, for each exhausted budget. */
  private final Set<Place> unfinished = new HashSet<>();

  private long[] keys = emptyKeys(1 << 11);
  private byte[] counts = new byte[1 << 11];
  private int size;

  private record Place(long key, long virtualAddress) {}

  /** How to proceed with a table. */
  enum Visit {
    /** It is new: walk it. */
    WALK,
    /** It is new at this address, but has been walked at another one: walk it again. */
    WALK_AGAIN,
    /** It has been walked at this address. */
    SHARED,
    /** It has been walked at too many other addresses. */
    REPEATED
  }

  /**
   * Records a visit of a table.
   *
   * @param table its physical address
   * @param level its level
   * @param virtualAddress first address that it translates
   */
  Visit come(long table, int level, long virtualAddress) {
    long key = table | level; // tables are at least 32-byte aligned
    if (!unfinished.isEmpty() && unfinished.remove(new Place(key, virtualAddress))) {
      return Visit.WALK_AGAIN;
    }
    int at = slot(keys, key);
    if (keys[at] != FREE && counts[at] >= MOST_ADDRESSES) {
      return Visit.REPEATED;
    }
    if (!places.add(key, virtualAddress)) {
      return Visit.SHARED;
    }
    boolean first = keys[at] == FREE;
    keys[at] = key;
    counts[at]++;
    size += first ? 1 : 0;
    if (size * 2 > keys.length) {
      grow();
    }
    return first ? Visit.WALK : Visit.WALK_AGAIN;
  }

  /**
   * Records that the walk of a table ended before its last entry because a budget was exhausted:
   * the next visit walks it again, and mappings in its walked part are then counted twice.
   */
  void unfinished(long table, int level, long virtualAddress) {
    unfinished.add(new Place(table | level, virtualAddress));
  }

  private void grow() {
    long[] oldKeys = keys;
    byte[] oldCounts = counts;
    keys = emptyKeys(oldKeys.length * 2);
    counts = new byte[keys.length];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != FREE) {
        int at = slot(keys, oldKeys[i]);
        keys[at] = oldKeys[i];
        counts[at] = oldCounts[i];
      }
    }
  }

  private static int slot(long[] keys, long key) {
    int mask = keys.length - 1;
    int at = (int) ((key * 0x9e3779b97f4a7c15L) >>> 32) & mask;
    while (keys[at] != FREE && keys[at] != key) {
      at = (at + 1) & mask;
    }
    return at;
  }

  private static long[] emptyKeys(int length) {
    long[] keys = new long[length];
    Arrays.fill(keys, FREE);
    return keys;
  }
}
