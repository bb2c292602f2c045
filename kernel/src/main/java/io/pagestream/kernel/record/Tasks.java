package io.pagestream.kernel.record;

import io.pagestream.images.kernelrecord.NamedRoot;
import io.pagestream.images.pagetable.AddressTranslator;
import io.pagestream.kernel.memory.DamagedRecordException;
import io.pagestream.kernel.memory.VirtualMemory;
import io.pagestream.kernel.type.Layouts;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the list of processes, {@code init_task.tasks}. */
public final class Tasks {
  private static final String TASK = "task_struct";

  /** TASK_COMM_LEN. */
  private static final int LONGEST_NAME = 16;

  private static final int LAST_ENTRY = 511 * Long.BYTES;
  private static final long ENTRY_ADDRESS = 0x000f_ffff_ffff_f000L;

  private Tasks() {}

  /** Virtual addresses of the {@code task_struct} of all processes but the idle ones. */
  public static Recorded<Long> read(LinuxKernel kernel) {
    try {
      long tasks = kernel.requireLayouts().offset(TASK, "tasks");
      long head = kernel.requireSymbols().require("init_task") + tasks;
      return ListWalk.of(kernel.memory(), head, tasks);
    } catch (DamagedRecordException e) {
      return Recorded.none(String.valueOf(e.getMessage()));
    }
  }

  /** The name of a process. */
  public static String name(LinuxKernel kernel, long task) {
    return kernel.memory().text(task + kernel.requireLayouts().offset(TASK, "comm"), LONGEST_NAME);
  }

  /**
   * Physical address of the top-level page table of a process; empty for kernel threads, and if the
   * table does not share the kernel's half.
   *
   * @throws DamagedRecordException if the records cannot be read
   */
  public static Optional<Long> root(LinuxKernel kernel, long task) {
    Layouts layouts = kernel.requireLayouts();
    VirtualMemory memory = kernel.memory();
    long mm = memory.u64(task + layouts.offset(TASK, "mm"));
    if (mm == 0) {
      return Optional.empty();
    }
    long table = memory.translate(memory.u64(mm + layouts.offset("mm_struct", "pgd")));
    if (table == AddressTranslator.UNMAPPED || Pages.floor(table) != table) {
      throw new DamagedRecordException("a process has no page tables");
    }
    long own = memory.pages().entryAt(memory.root() + LAST_ENTRY) & ENTRY_ADDRESS;
    long shared = memory.pages().entryAt(table + LAST_ENTRY) & ENTRY_ADDRESS;
    return own == shared ? Optional.of(table) : Optional.empty();
  }

  /** The page-table roots of the kernel and of all processes. */
  static Recorded<NamedRoot> roots(LinuxKernel kernel) {
    List<NamedRoot> roots = new ArrayList<>();
    roots.add(new NamedRoot(kernel.memory().root(), "kernel", 0));
    Recorded<Long> tasks = read(kernel);
    int damaged = 0;
    for (long task : tasks.entries()) {
      try {
        Optional<Long> root = root(kernel, task);
        if (root.isPresent()) {
          int pid = kernel.memory().i32(task + kernel.requireLayouts().offset(TASK, "pid"));
          roots.add(new NamedRoot(root.get(), name(kernel, task), pid));
        }
      } catch (DamagedRecordException e) {
        damaged++;
      }
    }
    Optional<String> cut = tasks.cut();
    if (cut.isEmpty() && damaged > 0) {
      cut = Optional.of("%d of its entries cannot be read".formatted(damaged));
    }
    return new Recorded<>(roots, cut);
  }
}
