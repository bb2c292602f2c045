package io.pagestream.images.pagetable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts the address spaces that share a mapping: those whose top-level table has the same entry
 * for it. Systems copy the kernel's entries into the top-level table of each process.
 */
final class SharedRoots {
  private static final long ACCESSED_AND_DIRTY = 0x60;

  private final TablePages pages;
  private final PagingMode mode;
  private final List<Long> roots;
  private final long[] table;

  /** Number of roots by top-level entry: the index in the table, and the entry. */
  private final Map<Entry, Integer> counts = new HashMap<>();

  private record Entry(int index, long value) {}

  SharedRoots(TablePages pages, AddressSpaces spaces) {
    this.pages = pages;
    this.mode = spaces.mode();
    this.roots = spaces.roots();
    this.table = new long[mode.entries(mode.levels())];
    for (long root : roots) {
      if (read(root)) {
        for (int i = mode.firstKernelEntry(); i < table.length; i++) {
          if (EntryDecoder.isPresent(table[i])) {
            counts.merge(new Entry(i, table[i] & ~ACCESSED_AND_DIRTY), 1, Integer::sum);
          }
        }
      }
    }
  }

  private boolean read(long root) {
    return pages.read(root, table.length, mode.entryBytes(), table);
  }

  /** The mapping with the number of address spaces that share it, if it is in the kernel's half. */
  Mapping of(Mapping mapping) {
    int count = count(mapping.root(), mapping.virtualAddress());
    return count == 0 ? mapping : mapping.sharedBy(count);
  }

  /** Number of address spaces that share the top-level entry of an address; 0 if not known. */
  int count(long root, long virtualAddress) {
    int index = (int) (virtualAddress >>> mode.shift(mode.levels())) & table.length - 1;
    if (index < mode.firstKernelEntry() || !roots.contains(root) || !read(root)) {
      return 0;
    }
    return counts.getOrDefault(new Entry(index, table[index] & ~ACCESSED_AND_DIRTY), 1);
  }
}
