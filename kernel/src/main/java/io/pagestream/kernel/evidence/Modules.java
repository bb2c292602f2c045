package io.pagestream.kernel.evidence;

import io.pagestream.kernel.memory.VirtualMemory;
import io.pagestream.kernel.record.LinuxKernel;
import io.pagestream.kernel.record.ListWalk;
import io.pagestream.kernel.record.Recorded;
import io.pagestream.kernel.type.Layouts;
import io.pagestream.schemas.finding.EvidenceKind;
import io.pagestream.schemas.text.Hex;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the list of loaded modules. */
final class Modules {
  private static final String MODULE = "module";
  private static final int LONGEST_NAME = 64;

  /**
   * Core parts of a module since 6.4: text, data, rodata, rodata after init (enum mod_mem_type).
   */
  private static final int CORE_PARTS = 4;

  private final VirtualMemory memory;
  private final Layouts layouts;
  private final long head;

  Modules(LinuxKernel kernel) {
    this.memory = kernel.memory();
    this.layouts = kernel.requireLayouts();
    this.head = kernel.requireSymbols().require("modules");
  }

  Recorded<Long> list() {
    return ListWalk.of(memory, head, layouts.offset(MODULE, "list"));
  }

  Evidence describe(long module) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("name", memory.text(module + layouts.offset(MODULE, "name"), LONGEST_NAME));
    if (layouts.has(MODULE, "core_layout")) {
      long layout = module + layouts.offset(MODULE, "core_layout");
      values.put("base", Hex.of(memory.u64(layout + layouts.offset("module_layout", "base"))));
      values.put(
          "size", Long.toString(memory.u32(layout + layouts.offset("module_layout", "size"))));
    } else {
      long parts = module + layouts.offset(MODULE, "mem");
      long size = 0;
      for (int i = 0; i < CORE_PARTS; i++) {
        long part = parts + (long) i * layouts.size("module_memory");
        size += memory.u32(part + layouts.offset("module_memory", "size"));
      }
      values.put("base", Hex.of(memory.u64(parts + layouts.offset("module_memory", "base"))));
      values.put("size", Long.toString(size));
    }
    return Evidence.of(memory, EvidenceKind.KERNEL_MODULE, module, layouts.size(MODULE), values);
  }
}
