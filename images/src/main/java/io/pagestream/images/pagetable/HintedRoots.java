package io.pagestream.images.pagetable;

import io.pagestream.images.memory.MachineFacts;
import io.pagestream.images.memory.ProcessorState;
import io.pagestream.images.memory.VmcoreInfo;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * Information about the page tables in an image's headers and notes.
 *
 * @param processors CR3 of processors with paging enabled, without its low bits, and the table that
 *     a header names; ascending
 * @param kernel physical address of Linux's own top-level table by VMCOREINFO
 * @param cr4 CR4 of a processor with paging enabled
 * @param fiveLevels whether Linux uses 5-level paging according to VMCOREINFO
 * @param encryptionMask AMD's SME bit by VMCOREINFO; 0 without
 */
record HintedRoots(
    List<Long> processors,
    OptionalLong kernel,
    OptionalLong cr4,
    boolean fiveLevels,
    long encryptionMask) {
  private static final VmcoreInfo NO_INFO = new VmcoreInfo(Map.of());
  private static final long PAGING = 1L << 31;
  private static final long ADDRESS = 0x000f_ffff_ffff_ffe0L;
  private static final long PAE = 1 << 5;
  private static final long KERNEL_MAP_64 = 0xffff_ffff_8000_0000L;
  private static final long KERNEL_MAP_32 = 0xc000_0000L;

  static HintedRoots of(MachineFacts machine) {
    TreeSet<Long> processors = new TreeSet<>();
    OptionalLong cr4 = OptionalLong.empty();
    for (ProcessorState processor : machine.processors()) {
      if ((processor.cr0() & PAGING) != 0) {
        cr4 = cr4.isEmpty() ? OptionalLong.of(processor.cr4()) : cr4;
        // PAE's top-level table is 32 bytes; the others are a page, and the low bits are a PCID.
        boolean maybePae = (processor.cr4() & PAE) != 0;
        processors.add(maybePae ? processor.cr3() & ADDRESS : Pages.floor(processor.cr3()));
      }
    }
    machine.pageTable().ifPresent(processors::add);
    VmcoreInfo info = machine.vmcoreInfo().orElse(NO_INFO);
    return new HintedRoots(
        List.copyOf(processors), kernel(info), cr4, info.hasFiveLevels(), info.encryptionMask());
  }

  /**
   * {@code swapper_pg_dir} is in the kernel's image, which is mapped from -2 GiB on (its load
   * address is in {@code phys_base}) or, with 32 bits, from 3 GiB on.
   */
  private static OptionalLong kernel(VmcoreInfo info) {
    OptionalLong symbol = info.kernelPageTable();
    if (symbol.isEmpty()) {
      return symbol;
    }
    long address = symbol.getAsLong();
    OptionalLong base = info.physicalBase();
    long physical = -1;
    if (Long.compareUnsigned(address, KERNEL_MAP_64) >= 0 && base.isPresent()) {
      physical = address - KERNEL_MAP_64 + base.getAsLong();
    } else if (address >= KERNEL_MAP_32 && address < 1L << 32) {
      physical = address - KERNEL_MAP_32;
    }
    boolean possible = physical >= 0 && physical < Pages.ADDRESS_LIMIT;
    return possible ? OptionalLong.of(Pages.floor(physical)) : OptionalLong.empty();
  }

  /** All roots, ascending. */
  List<Long> all() {
    List<Long> all = new ArrayList<>(new TreeSet<>(processors));
    kernel.ifPresent(address -> {
      if (!all.contains(address)) {
        all.add(address);
      }
    });
    all.sort(null);
    return all;
  }
}
