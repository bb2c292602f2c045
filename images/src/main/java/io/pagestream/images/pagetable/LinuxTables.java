package io.pagestream.images.pagetable;

import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * Linux's top-level tables of x86-64, recognized by their structure. The last entry of each points
 * to one table above the kernel's image: with 4 levels to {@code level3_kernel_pgt}, of which only
 * the last two entries are in use; with 5 levels to the table whose last entry points to it (Linux,
 * arch/x86/kernel/head_64.S). All share the kernel's half, except for their own tables, such as
 * that of a local descriptor table.
 */
final class LinuxTables {
  private static final int ENTRIES = KernelHalf.ENTRIES;
  private static final int LAST = KernelHalf.LAST;
  private static final long ADDRESS = 0x000f_ffff_ffff_f000L;
  private static final long KERNEL_IMAGE = 0xffff_ff80_0000_0000L;

  /** Maximum number of different targets of last entries that are examined. */
  private static final int MOST_TARGETS = 1 << 16;

  private final TablePages pages;
  private final long address;
  private final long encryptionMask;
  private final KernelHalf kernelHalf;
  private final long[] table = new long[ENTRIES];
  private final long[] other = new long[ENTRIES];

  LinuxTables(TablePages pages, long encryptionMask) {
    this.pages = pages;
    this.encryptionMask = encryptionMask;
    this.address = ADDRESS & ~encryptionMask;
    this.kernelHalf = new KernelHalf(pages, address);
  }

  /** Target of a top-level table's last entry; empty if it has none. */
  OptionalLong target(long root) {
    boolean there = pages.read(root, ENTRIES, Long.BYTES, table);
    return there && (table[LAST] & 0x81) == 1
        ? OptionalLong.of(table[LAST] & address)
        : OptionalLong.empty();
  }

  /** Levels of paging, 4 or 5, if a target is the table above the kernel's image; else 0. */
  int levels(long target) {
    if (isAboveKernelImage(target)) {
      return 4;
    }
    boolean there = pages.read(target, ENTRIES, Long.BYTES, table);
    return there && (table[LAST] & 0x81) == 1 && isAboveKernelImage(table[LAST] & address) ? 5 : 0;
  }

  private boolean isAboveKernelImage(long target) {
    if (!pages.read(target, ENTRIES, Long.BYTES, other)) {
      return false;
    }
    for (int i = 0; i < LAST - 1; i++) {
      if (other[i] != 0) {
        return false;
      }
    }
    return (other[LAST] & 0x83) == 3
        && (other[LAST - 1] & 0x83) == 3
        && pages.covers(other[LAST] & address)
        && pages.covers(other[LAST - 1] & address);
  }

  /** The most frequent target of candidates that is above a kernel's image. */
  OptionalLong bestTarget(AddressList candidates) {
    Map<Long, Integer> counts = new HashMap<>();
    for (int i = 0; i < candidates.size() && counts.size() < MOST_TARGETS; i++) {
      counts.merge(candidates.value(i), 1, Integer::sum);
    }
    // The second level of a 5-level system's tables alone looks like a 4-level system.
    OptionalLong best = OptionalLong.empty();
    long bestRank = 0;
    for (long target : new TreeSet<>(counts.keySet())) {
      int levels = levels(target);
      long rank = levels == 0 ? 0 : ((long) levels << 32) + counts.getOrDefault(target, 0);
      if (rank > bestRank) {
        bestRank = rank;
        best = OptionalLong.of(target);
      }
    }
    return best;
  }

  /**
   * The candidates that are top-level tables in use: they have the target, share the kernel's half,
   * and have a user half, or are in the kernel's image, as its own table is. A process that has
   * ended leaves a table without a user half behind.
   */
  List<Long> inUse(AddressList candidates, long target) {
    List<Long> members = new ArrayList<>();
    for (int i = 0; i < candidates.size(); i++) {
      if (candidates.value(i) == target) {
        members.add(candidates.address(i));
      }
    }
    List<Long> inUse = new ArrayList<>();
    TreeSet<Long> withoutUser = new TreeSet<>();
    for (long member : kernelHalf.sharing(members)) {
      (kernelHalf.hasUserHalf(member) ? inUse : withoutUser).add(member);
    }
    lowestInKernelImage(target, withoutUser).ifPresent(inUse::add);
    inUse.sort(null);
    return inUse;
  }

  /** The lowest member that is mapped by the tables of the kernel's image. */
  private OptionalLong lowestInKernelImage(long target, NavigableSet<Long> members) {
    long above = isAboveKernelImage(target) ? target : target(target).orElse(target);
    TreeSet<Long> mapped = new TreeSet<>();
    WalkSink sink =
        (root, virtual, physical, count, entry, rights) -> {
          Long member = members.ceiling(physical);
          if (member != null && member - physical < Pages.address(count)) {
            mapped.add(member);
          }
        };
    EntryDecoder decoder = new EntryDecoder(PagingMode.FOUR_LEVEL, encryptionMask);
    new TableWalk(pages, PagingMode.FOUR_LEVEL, decoder, 0).walkTable(above, 3, KERNEL_IMAGE, sink);
    return mapped.isEmpty() ? OptionalLong.empty() : OptionalLong.of(mapped.first());
  }

  /**
   * With page-table isolation a process has two top-level tables in neighboring pages, with the
   * kernel's in the even one; the user's has the same lower half and little of the upper half
   * (Linux, Documentation/arch/x86/pti.rst).
   *
   * @return whether {@code odd} is the user's table for the kernel's table {@code even}
   */
  boolean isIsolationPair(long even, long odd) {
    if (!pages.read(even, ENTRIES, Long.BYTES, table)
        || !pages.read(odd, ENTRIES, Long.BYTES, other)) {
      return false;
    }
    for (int i = 0; i < KernelHalf.MIDDLE; i++) {
      if (!kernelHalf.isSameTarget(table[i], other[i])) {
        return false;
      }
    }
    boolean ownLastEntry =
        (other[LAST] & table[LAST] & 0x81) == 1
            && !kernelHalf.isSameTarget(other[LAST], table[LAST]);
    return ownLastEntry
        && KernelHalf.kernelEntries(other) <= KernelHalf.kernelEntries(table)
        && KernelHalf.isTopLevel(other)
        && (kernelHalf.sharedEntries(other, table) > 0 || sharesBelow(table[LAST], other[LAST]));
  }

  /** With 5 levels the common part of the two, the processors' entry areas, is one level deeper. */
  private boolean sharesBelow(long ofKernel, long ofUser) {
    return pages.read(ofKernel & address, ENTRIES, Long.BYTES, table)
        && pages.read(ofUser & address, ENTRIES, Long.BYTES, other)
        && kernelHalf.sharedEntries(other, table) > 0;
  }
}
