package io.pagestream.kernel.record;

import io.pagestream.images.memorytype.TrackedTypes;
import io.pagestream.kernel.memory.DamagedRecordException;
import io.pagestream.kernel.memory.VirtualMemory;
import io.pagestream.kernel.type.Layouts;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Reads the tree of memory types that Linux tracks outside of RAM, {@code memtype_rbroot}
 * (arch/x86/mm/pat/memtype_interval.c): what {@code pat_memtype_list} prints, sorted by address.
 */
public final class MemtypeTree {
  private static final int MOST_ENTRIES = 1 << 14;
  private static final int MOST_DEPTH = 64;
  private static final String NODE = "memtype";

  private MemtypeTree() {}

  /** The entries, by address. */
  public static Recorded<TrackedTypes.Entry> read(LinuxKernel kernel) {
    List<TrackedTypes.Entry> entries = new ArrayList<>();
    try {
      read(kernel, entries);
      return new Recorded<>(entries, Optional.empty());
    } catch (DamagedRecordException e) {
      return new Recorded<>(entries, Optional.of(String.valueOf(e.getMessage())));
    }
  }

  private static void read(LinuxKernel kernel, List<TrackedTypes.Entry> entries) {
    Layouts layouts = kernel.requireLayouts();
    VirtualMemory memory = kernel.memory();
    long node = layouts.offset(NODE, "rb");
    long startAt = layouts.offset(NODE, "start") - node;
    long endAt = layouts.offset(NODE, "end") - node;
    long typeAt = layouts.offset(NODE, "type") - node;
    long leftAt = layouts.offset("rb_node", "rb_left");
    long rightAt = layouts.offset("rb_node", "rb_right");
    long root = kernel.requireSymbols().require("memtype_rbroot");
    long at = memory.u64(root); // rb_root_cached and rb_root begin with the node
    Deque<Long> above = new ArrayDeque<>();
    long previous = 0;
    while (at != 0 || !above.isEmpty()) {
      while (at != 0) {
        if (above.size() == MOST_DEPTH) {
          throw new DamagedRecordException("the tree of memory types is too deep");
        }
        above.push(at);
        at = memory.u64(at + leftAt);
      }
      at = above.pop();
      long start = memory.u64(at + startAt);
      long end = memory.u64(at + endAt);
      boolean ordered = start >= previous && end > start && start < Pages.ADDRESS_LIMIT;
      if (!ordered || entries.size() == MOST_ENTRIES) {
        throw new DamagedRecordException("the tree of memory types is damaged");
      }
      previous = start;
      entries.add(
          new TrackedTypes.Entry(
              start, Math.min(end, Pages.ADDRESS_LIMIT), CacheMode.of(memory.u32(at + typeAt))));
      at = memory.u64(at + rightAt);
    }
  }
}
