package io.pagestream.images.pagetable;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The tables of a walk, and the pages that it uses as tables of more than one level. */
final class TableLevels {
  /** Maximum number of pages whose levels are kept; the tables of an image of 32 GiB. */
  private static final int MOST = 1 << 17;

  private final Map<Long, Integer> levels = new HashMap<>();
  private long atTwoLevels;

  /** A sink for the tables of a walk. */
  WalkSink sink() {
    return new WalkSink() {
      @Override
      public void leaf(
          long root,
          long virtualAddress,
          long physicalAddress,
          long pages,
          long entry,
          long rights) {}

      @Override
      public void table(long root, long virtualAddress, long physicalAddress, int level) {
        add(physicalAddress, 1 << level);
      }
    };
  }

  private void add(long table, int level) {
    Integer before = levels.get(table);
    if (before == null && levels.size() >= MOST) {
      return;
    }
    int now = before == null ? level : before | level;
    if (before != null && Integer.bitCount(before) == 1 && now != before) {
      atTwoLevels++;
    }
    levels.put(table, now);
  }

  /** Number of pages used at more than one level. */
  long atTwoLevels() {
    return atTwoLevels;
  }

  /** Physical addresses of the tables, a bounded number. */
  Set<Long> tables() {
    return levels.keySet();
  }
}
