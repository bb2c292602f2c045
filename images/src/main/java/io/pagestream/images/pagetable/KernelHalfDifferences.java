package io.pagestream.images.pagetable;

import io.pagestream.images.detection.MappingDetection;
import io.pagestream.schemas.avro.MappingAnomaly;
import io.pagestream.schemas.page.Pages;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Compares the kernel's half of each top-level table with that of the kernel's own table,
 * init_top_pgt. The trampoline's table and the users' tables of page-table isolation differ by
 * design and are left out.
 */
final class KernelHalfDifferences {
  private static final long ACCESSED_AND_DIRTY = 0x60;
  private static final long LOW_MEMORY = 1L << 20;

  /**
   * With page-table isolation, a process that uses modify_ldt has an entry of its own for it, with
   * 4 and with 5 levels (Linux, LDT_PGD_ENTRY in pgtable_64_types.h: -240).
   */
  private static final int LOCAL_DESCRIPTOR_TABLE = 272;

  private final TablePages pages;
  private final AddressSpaces spaces;
  private final LinuxTables linux;
  private final PagingMode mode;
  private final long[] reference;
  private final long[] table;

  KernelHalfDifferences(TablePages pages, AddressSpaces spaces) {
    this.pages = pages;
    this.spaces = spaces;
    this.mode = spaces.mode();
    this.linux = new LinuxTables(pages, spaces.encryptionMask());
    this.reference = new long[mode.entries(mode.levels())];
    this.table = new long[reference.length];
  }

  /**
   * Adds the differences.
   *
   * @param recorded the kernel's own table by its records or VMCOREINFO
   */
  void addTo(AnomalyList found, OptionalLong recorded) {
    OptionalLong own = recorded.isPresent() ? recorded : ownByShape();
    if (own.isEmpty() || !read(own.getAsLong(), reference)) {
      return;
    }
    Set<Long> compared = new HashSet<>(Set.of(own.getAsLong()));
    for (long root : spaces.roots()) {
      if (root >= LOW_MEMORY && compared.add(root) && !isUsersTable(root) && read(root, table)) {
        compare(found, root, own.getAsLong(), !spaces.named().contains(root));
      }
    }
  }

  /** The kernel's own table is the only one without a user's half. */
  private OptionalLong ownByShape() {
    KernelHalf half = new KernelHalf(pages, 0);
    return spaces.roots().stream()
        .filter(root -> root >= LOW_MEMORY && !half.hasUserHalf(root))
        .mapToLong(Long::longValue)
        .findFirst();
  }

  private boolean isUsersTable(long root) {
    long even = root & ~(long) Pages.SIZE;
    return even != root && linux.isIsolationPair(even, root);
  }

  private boolean read(long root, long[] into) {
    return pages.read(root, into.length, mode.entryBytes(), into);
  }

  private void compare(AnomalyList found, long root, long own, boolean byShape) {
    for (int i = mode.firstKernelEntry(); i < table.length; i++) {
      boolean present = EntryDecoder.isPresent(table[i]);
      boolean expected = EntryDecoder.isPresent(reference[i]);
      boolean differs =
          (present || expected) && ((table[i] ^ reference[i]) & ~ACCESSED_AND_DIRTY) != 0;
      // Before Linux 5.9, entries for vmalloc were copied when they were first used.
      boolean doubtful = !present || (i == LOCAL_DESCRIPTOR_TABLE && !expected);
      if (!differs || (byShape && doubtful)) {
        continue;
      }
      MappingAnomaly anomaly = found.add(MappingDetection.KERNEL_HALF_DIFFERS, byShape, doubtful);
      if (anomaly != null) {
        long at = root + (long) i * mode.entryBytes();
        long virtual = mode.canonical((long) i << mode.shift(mode.levels()));
        anomaly.setRoot(root);
        anomaly.setVirtualAddress(virtual);
        anomaly.setPhysicalAddress(at);
        anomaly.setEntryAddress(at);
        anomaly.setEntry(table[i]);
        anomaly.setOtherRoot(own);
        anomaly.setOtherVirtualAddress(virtual);
        anomaly.setOtherEntry(reference[i]);
        anomaly.setDetail("entry %d of the top-level table".formatted(i));
      }
    }
  }
}
