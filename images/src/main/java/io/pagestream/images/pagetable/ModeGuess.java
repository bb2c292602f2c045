package io.pagestream.images.pagetable;

import io.pagestream.schemas.page.Pages;
import java.util.List;
import java.util.Set;

/**
 * Determines the paging mode of tables whose address is known: by CR4 (bit 5 PAE, bit 12 LA57), by
 * the machine's name, and if that is not enough by the form of the top-level table.
 */
final class ModeGuess {
  private static final long PAE = 1 << 5;
  private static final long LA57 = 1 << 12;
  private static final int PAE_ENTRIES = 4;

  /**
   * Bits 1, 2 and 6 to 8 are reserved in PAE's top-level entries, and bit 1 or 2 is set in any
   * other table's. So is bit 5, but QEMU's TCG sets it there as the accessed bit.
   */
  private static final long PAE_RESERVED = 0x1c6;

  /** Names of machines without long mode (ELF's EM_386; utsname's machine). */
  private static final Set<String> SHORT_MACHINES = Set.of("i386", "i486", "i586", "i686");

  private final TablePages pages;
  private final String machine;
  private final HintedRoots hinted;
  private final long[] table = new long[KernelHalf.ENTRIES];

  ModeGuess(TablePages pages, String machine, HintedRoots hinted) {
    this.pages = pages;
    this.machine = machine;
    this.hinted = hinted;
  }

  /**
   * The mode.
   *
   * @param linuxLevels levels by the form of Linux's tables; 0 if they are not Linux's
   */
  PagingMode modeOf(List<Long> roots, int linuxLevels) {
    if (hinted.cr4().isPresent()) {
      long cr4 = hinted.cr4().getAsLong();
      if ((cr4 & PAE) == 0) {
        return PagingMode.TWO_LEVEL;
      }
      if ((cr4 & LA57) != 0) {
        return PagingMode.FIVE_LEVEL;
      }
      return isPaeMachine(roots) ? PagingMode.PAE : PagingMode.FOUR_LEVEL;
    }
    if (hinted.fiveLevels() || linuxLevels == 5) {
      return PagingMode.FIVE_LEVEL;
    }
    if (linuxLevels == 4 || machine.equals("x86_64")) {
      return PagingMode.FOUR_LEVEL;
    }
    if (roots.stream().anyMatch(this::isPae)) {
      return PagingMode.PAE;
    }
    return machine.isEmpty() && roots.stream().anyMatch(this::isLong)
        ? PagingMode.FOUR_LEVEL
        : PagingMode.TWO_LEVEL;
  }

  /**
   * Whether a machine with CR4.PAE is not in long mode. Its name decides (QEMU writes EM_386 if and
   * only if its first processor is not); the form of the tables is used only if there is no name.
   * If the name is one of long mode, all tables must agree, so that forged roots cannot outvote the
   * others.
   */
  private boolean isPaeMachine(List<Long> roots) {
    if (SHORT_MACHINES.contains(machine)) {
      return true;
    }
    return machine.isEmpty()
        ? roots.stream().anyMatch(this::isPae)
        : !roots.isEmpty() && roots.stream().allMatch(this::isPae);
  }

  private boolean isPae(long root) {
    boolean any = false;
    if (!pages.read(root, PAE_ENTRIES, Long.BYTES, table)) {
      return false;
    }
    for (int i = 0; i < PAE_ENTRIES; i++) {
      boolean present = (table[i] & 1) != 0;
      any |= present;
      if (present && ((table[i] & PAE_RESERVED) != 0 || !pages.covers(Pages.floor(table[i])))) {
        return false;
      }
    }
    return any;
  }

  private boolean isLong(long root) {
    return (root & (Pages.SIZE - 1)) == 0
        && pages.read(root, KernelHalf.ENTRIES, Long.BYTES, table)
        && KernelHalf.isTopLevel(table)
        && KernelHalf.kernelEntries(table) > 0
        && java.util.Arrays.stream(table)
            .allMatch(entry -> (entry & 1) == 0 || pages.covers(entry & 0x000f_ffff_ffff_f000L));
  }
}
