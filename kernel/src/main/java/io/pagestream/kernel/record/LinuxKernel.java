package io.pagestream.kernel.record;

import io.pagestream.images.memory.VmcoreInfo;
import io.pagestream.kernel.locate.LocatedKernel;
import io.pagestream.kernel.memory.DamagedRecordException;
import io.pagestream.kernel.memory.MemoryScan;
import io.pagestream.kernel.memory.VirtualMemory;
import io.pagestream.kernel.symbol.Kallsyms;
import io.pagestream.kernel.symbol.SymbolTable;
import io.pagestream.kernel.type.Btf;
import io.pagestream.kernel.type.Layouts;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A Linux kernel with its symbols and types, as far as it has them.
 *
 * @param memory the address space under its own page-table root
 * @param info its VMCOREINFO; may be empty
 * @param foundBy how it was found, as a phrase
 * @param symbols addresses of the symbols that readers use
 * @param layouts layouts of its structures
 */
public record LinuxKernel(
    VirtualMemory memory,
    VmcoreInfo info,
    String foundBy,
    Optional<SymbolTable> symbols,
    Optional<Layouts> layouts) {
  private static final String BTF_START = "__start_BTF";

  /** All symbols that the readers of this module use. */
  private static final Set<String> SYMBOLS =
      Set.of(
          BTF_START,
          "init_top_pgt",
          "init_level4_pgt",
          "swapper_pg_dir",
          "iomem_resource",
          "mtrr_state",
          "mtrr_tom2",
          "memtype_rbroot",
          "__pte2cachemode_tbl",
          "init_task",
          "modules",
          "tcp_hashinfo",
          "udp_table",
          "init_net");

  private static final int BTF_HEADER = 24;
  private static final byte[] BTF_MAGIC = {(byte) 0x9f, (byte) 0xeb, 1, 0, 24, 0, 0, 0};
  private static final int MOST_BTF_CANDIDATES = 16;

  /** Reads the symbols and types of a kernel. */
  public static LinuxKernel open(LocatedKernel located) {
    Optional<SymbolTable> symbols = Kallsyms.read(located, SYMBOLS);
    VirtualMemory memory = symbols.map(table -> own(located, table)).orElse(located.memory());
    Optional<Layouts> layouts = symbols.flatMap(table -> layouts(memory, table));
    return new LinuxKernel(memory, located.info(), located.foundBy(), symbols, layouts);
  }

  /** The address space under the kernel's own table, which a process's may only share. */
  private static VirtualMemory own(LocatedKernel located, SymbolTable symbols) {
    for (String name : List.of("init_top_pgt", "init_level4_pgt", "swapper_pg_dir")) {
      long root =
          symbols.find(name).stream().map(located.memory()::translate).findFirst().orElse(-1);
      if (root == located.memory().root()) {
        return located.memory();
      }
      if (root > 0) {
        return located.memory().under(root);
      }
    }
    return located.memory();
  }

  private static Optional<Layouts> layouts(VirtualMemory memory, SymbolTable symbols) {
    if (symbols.find(BTF_START).isPresent()) {
      Optional<Layouts> found = layoutsAt(memory, symbols.require(BTF_START));
      if (found.isPresent()) {
        return found;
      }
    }
    // Without CONFIG_KALLSYMS_ALL the start has no symbol: the largest one is the kernel's own.
    MemoryScan scan = new MemoryScan(memory, LocatedKernel.IMAGE_START, LocatedKernel.IMAGE_END);
    for (long at : scan.find(BTF_MAGIC, MOST_BTF_CANDIDATES)) {
      Optional<Layouts> found = layoutsAt(memory, at);
      if (found.isPresent() && found.get().has("task_struct")) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static Optional<Layouts> layoutsAt(VirtualMemory memory, long start) {
    try {
      int length = Btf.lengthOf(memory.bytes(start, BTF_HEADER));
      return Optional.of(new Layouts(Btf.of(memory.bytes(start, length))));
    } catch (DamagedRecordException e) {
      return Optional.empty(); // without layouts the kernel's log remains; the caller reports it
    }
  }

  /**
   * The symbols, for a reader that requires them.
   *
   * @throws DamagedRecordException if the kernel has none
   */
  public SymbolTable requireSymbols() {
    return symbols.orElseThrow(
        () -> new DamagedRecordException("the kernel's symbols are missing"));
  }

  /**
   * The layouts, for a reader that requires them.
   *
   * @throws DamagedRecordException if the kernel has none
   */
  public Layouts requireLayouts() {
    return layouts.orElseThrow(() -> new DamagedRecordException("the kernel's types are missing"));
  }
}
