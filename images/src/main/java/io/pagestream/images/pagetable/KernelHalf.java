package io.pagestream.images.pagetable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Compares the upper halves of top-level tables of 64-bit systems, which processes share. */
final class KernelHalf {
  static final int ENTRIES = 512;
  static final int MIDDLE = 256;
  static final int LAST = 511;

  private static final long PRESENT = 1;
  private static final long PRESENT_AND_LARGE = 0x81;

  private final TablePages pages;
  private final long address;
  private final long[] table = new long[ENTRIES];

  /**
   * A comparison.
   *
   * @param address bits of an entry that form the address
   */
  KernelHalf(TablePages pages, long address) {
    this.pages = pages;
    this.address = address;
  }

  /**
   * The candidates that share most of the kernel's half with the candidate that has most entries.
   */
  List<Long> sharing(List<Long> candidates) {
    long[] reference = fullest(candidates);
    int wanted = kernelEntries(reference) / 2;
    List<Long> sharing = new ArrayList<>();
    for (long candidate : candidates) {
      if (readTopLevel(candidate) && sharedEntries(table, reference) > wanted) {
        sharing.add(candidate);
      }
    }
    return sharing;
  }

  private long[] fullest(List<Long> candidates) {
    long[] fullest = new long[ENTRIES];
    int most = -1;
    for (long candidate : candidates) {
      if (readTopLevel(candidate) && kernelEntries(table) > most) {
        most = kernelEntries(table);
        System.arraycopy(table, 0, fullest, 0, ENTRIES);
      }
    }
    return fullest;
  }

  private boolean readTopLevel(long candidate) {
    return pages.read(candidate, ENTRIES, Long.BYTES, table) && isTopLevel(table);
  }

  /** Whether no present entry is a large leaf, which a top-level table cannot hold. */
  static boolean isTopLevel(long[] table) {
    return Arrays.stream(table)
        .noneMatch(entry -> (entry & PRESENT_AND_LARGE) == PRESENT_AND_LARGE);
  }

  /** Number of present entries of the upper half. */
  static int kernelEntries(long[] table) {
    int present = 0;
    for (int i = MIDDLE; i < ENTRIES; i++) {
      present += (int) (table[i] & PRESENT);
    }
    return present;
  }

  /** Number of present entries of the upper half that two tables have in common. */
  int sharedEntries(long[] a, long[] b) {
    int shared = 0;
    for (int i = MIDDLE; i < ENTRIES; i++) {
      shared += (a[i] & PRESENT) != 0 && isSameTarget(a[i], b[i]) ? 1 : 0;
    }
    return shared;
  }

  /** Whether two entries are both absent, or point to the same table. */
  boolean isSameTarget(long a, long b) {
    return ((a | b) & PRESENT) == 0 || ((a ^ b) & (address | PRESENT)) == 0;
  }

  /** Whether a table has an entry in the lower half. */
  boolean hasUserHalf(long candidate) {
    if (!pages.read(candidate, ENTRIES, Long.BYTES, table)) {
      return false;
    }
    return Arrays.stream(table, 0, MIDDLE).anyMatch(entry -> (entry & PRESENT) != 0);
  }
}
