package io.pagestream.images.pagetable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Windows' top-level tables of x64, recognized by their structure: each contains one entry that
 * points to itself, at an index that is the same for all processes until the system is restarted,
 * and all share the kernel's half.
 */
final class WindowsTables {
  private static final long ADDRESS = 0x000f_ffff_ffff_f000L;

  /**
   * Minimum number of entries of the kernel's half, besides the one that points to the table
   * itself.
   */
  private static final int FEWEST_KERNEL_ENTRIES = 6;

  private final TablePages pages;
  private final KernelHalf kernelHalf;
  private final long[] table = new long[KernelHalf.ENTRIES];

  WindowsTables(TablePages pages) {
    this.pages = pages;
    this.kernelHalf = new KernelHalf(pages, ADDRESS);
  }

  /** The candidates that are tables of one system, ascending; empty if there are none. */
  List<Long> inUse(AddressList candidates) {
    Map<Long, List<Long>> byIndex = new TreeMap<>();
    for (int i = 0; i < candidates.size(); i++) {
      if (hasKernelEntries(candidates.address(i))) {
        byIndex
            .computeIfAbsent(candidates.value(i), index -> new ArrayList<>())
            .add(candidates.address(i));
      }
    }
    List<Long> most = List.of();
    for (List<Long> members : byIndex.values()) {
      most = members.size() > most.size() ? members : most;
    }
    return most.isEmpty() ? most : kernelHalf.sharing(most);
  }

  private boolean hasKernelEntries(long candidate) {
    return pages.read(candidate, KernelHalf.ENTRIES, Long.BYTES, table)
        && KernelHalf.kernelEntries(table) > FEWEST_KERNEL_ENTRIES;
  }

  /** Whether one of the tables points to itself, once. */
  boolean areWindows(List<Long> tables) {
    for (long each : tables) {
      boolean there = pages.read(each, KernelHalf.ENTRIES, Long.BYTES, table);
      long selfReferences =
          Arrays.stream(table, KernelHalf.MIDDLE, KernelHalf.ENTRIES)
              .filter(entry -> (entry & (ADDRESS | 0x83)) == (each | 3))
              .count();
      if (there && selfReferences == 1) {
        return true;
      }
    }
    return false;
  }
}
