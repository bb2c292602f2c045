package io.pagestream.kernel.evidence;

import io.pagestream.images.pagetable.AddressTranslator;
import io.pagestream.kernel.memory.DamagedRecordException;
import io.pagestream.kernel.memory.VirtualMemory;
import io.pagestream.kernel.record.LinuxKernel;
import io.pagestream.kernel.record.Tasks;
import io.pagestream.kernel.type.Layouts;
import io.pagestream.schemas.finding.EvidenceKind;
import io.pagestream.schemas.text.Hex;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Describes processes. */
final class Processes {
  private static final String TASK = "task_struct";
  private static final int MOST_CGROUPS = 64;
  private static final int LONGEST_NAME = 256;

  /** Container runtimes name a control group after the container: 64 hex digits. */
  private static final Pattern CONTAINER = Pattern.compile("(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])");

  private final LinuxKernel kernel;
  private final VirtualMemory memory;
  private final Layouts layouts;

  Processes(LinuxKernel kernel) {
    this.kernel = kernel;
    this.memory = kernel.memory();
    this.layouts = kernel.requireLayouts();
  }

  /** A process; members that its kernel lacks are left out. */
  Evidence describe(long task) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("pid", Integer.toString(memory.i32(task + layouts.offset(TASK, "pid"))));
    values.put("tgid", Integer.toString(memory.i32(task + layouts.offset(TASK, "tgid"))));
    long parent = memory.u64(task + layouts.offset(TASK, "real_parent"));
    values.put("ppid", Integer.toString(memory.i32(parent + layouts.offset(TASK, "tgid"))));
    values.put("name", Tasks.name(kernel, task));
    long credentials = memory.u64(task + layouts.offset(TASK, "cred"));
    values.put("uid", Long.toString(memory.u32(credentials + layouts.offset("cred", "uid"))));
    values.put("euid", Long.toString(memory.u32(credentials + layouts.offset("cred", "euid"))));
    long start =
        memory.u64(task + layouts.offset(TASK, "start_boottime", "real_start_time", "start_time"));
    values.put("start", "%d.%09d".formatted(start / 1_000_000_000L, start % 1_000_000_000L));
    namespaces(task, values);
    String group = controlGroup(task);
    if (!group.isEmpty()) {
      values.put("cgroup", group);
      Matcher container = CONTAINER.matcher(group);
      if (container.find()) {
        values.put("container", container.group());
      }
    }
    long mm = memory.u64(task + layouts.offset(TASK, "mm"));
    if (mm != 0) {
      long table = memory.translate(memory.u64(mm + layouts.offset("mm_struct", "pgd")));
      values.put("pgd", table == AddressTranslator.UNMAPPED ? "unmapped" : Hex.of(table));
    }
    return Evidence.of(memory, EvidenceKind.PROCESS, task, layouts.size(TASK), values);
  }

  private void namespaces(long task, Map<String, String> values) {
    long proxy = memory.u64(task + layouts.offset(TASK, "nsproxy"));
    if (proxy == 0) {
      return; // a process that is ending
    }
    String[][] each = {
      {"mnt", "mnt_ns", "mnt_namespace"},
      {"net", "net_ns", "net"},
      {"uts", "uts_ns", "uts_namespace"},
      {"ipc", "ipc_ns", "ipc_namespace"},
      {"cgroup", "cgroup_ns", "cgroup_namespace"}
    };
    List<String> words = new ArrayList<>();
    for (String[] one : each) {
      if (layouts.has("nsproxy", one[1]) && layouts.has(one[2], "ns.inum")) {
        long space = memory.u64(proxy + layouts.offset("nsproxy", one[1]));
        words.add(one[0] + ":" + memory.u32(space + layouts.offset(one[2], "ns.inum")));
      }
    }
    values.put("namespaces", String.join(" ", words));
  }

  /** The path of the control group in the unified hierarchy; empty if the kernel has none. */
  private String controlGroup(long task) {
    if (!layouts.has(TASK, "cgroups") || !layouts.has("css_set", "dfl_cgrp")) {
      return "";
    }
    long set = memory.u64(task + layouts.offset(TASK, "cgroups"));
    long group = memory.u64(set + layouts.offset("css_set", "dfl_cgrp"));
    long node = memory.u64(group + layouts.offset("cgroup", "kn"));
    long parentAt = layouts.offset("kernfs_node", "__parent", "parent");
    long nameAt = layouts.offset("kernfs_node", "name");
    StringBuilder path = new StringBuilder();
    for (int depth = 0; ; depth++) {
      long above = memory.u64(node + parentAt);
      if (above == 0) {
        return path.isEmpty() ? "/" : path.toString();
      }
      if (depth == MOST_CGROUPS) {
        throw new DamagedRecordException("the control groups of a process do not end");
      }
      path.insert(0, "/" + memory.text(memory.u64(node + nameAt), LONGEST_NAME));
      node = above;
    }
  }
}
