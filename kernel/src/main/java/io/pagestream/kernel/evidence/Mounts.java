package io.pagestream.kernel.evidence;

import io.pagestream.kernel.memory.DamagedRecordException;
import io.pagestream.kernel.memory.VirtualMemory;
import io.pagestream.kernel.record.LinuxKernel;
import io.pagestream.kernel.record.ListWalk;
import io.pagestream.kernel.record.Recorded;
import io.pagestream.kernel.type.Layouts;
import io.pagestream.schemas.finding.EvidenceKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the mounts of a mount namespace: a list before Linux 6.8, a tree since. */
final class Mounts {
  private static final String MOUNT = "mount";
  private static final int LONGEST_NAME = 256;
  private static final int MOST_MOUNTS = 1 << 14;
  private static final int MOST_DEPTH = 64;

  private final VirtualMemory memory;
  private final Layouts layouts;
  private final Paths paths;

  Mounts(LinuxKernel kernel) {
    this.memory = kernel.memory();
    this.layouts = kernel.requireLayouts();
    this.paths = new Paths(kernel);
  }

  /** The mount namespace of a process; empty for a process that is ending. */
  Optional<Long> namespaceOf(long task) {
    long proxy = memory.u64(task + layouts.offset("task_struct", "nsproxy"));
    return proxy == 0
        ? Optional.empty()
        : Optional.of(memory.u64(proxy + layouts.offset("nsproxy", "mnt_ns")));
  }

  /** The mounts of a namespace. */
  Recorded<Long> list(long namespace) {
    if (layouts.has("mnt_namespace", "list")) {
      return ListWalk.of(
          memory,
          namespace + layouts.offset("mnt_namespace", "list"),
          layouts.offset(MOUNT, "mnt_list"));
    }
    List<Long> mounts = new ArrayList<>();
    try {
      tree(memory.u64(namespace + layouts.offset("mnt_namespace", "mounts")), mounts);
      return new Recorded<>(mounts, Optional.empty());
    } catch (DamagedRecordException e) {
      return new Recorded<>(mounts, Optional.of(String.valueOf(e.getMessage())));
    }
  }

  private void tree(long root, List<Long> mounts) {
    long nodeAt = layouts.offset(MOUNT, "mnt_node");
    long leftAt = layouts.offset("rb_node", "rb_left");
    long rightAt = layouts.offset("rb_node", "rb_right");
    Deque<Long> above = new ArrayDeque<>();
    long at = root;
    while (at != 0 || !above.isEmpty()) {
      while (at != 0) {
        if (above.size() == MOST_DEPTH || mounts.size() == MOST_MOUNTS) {
          throw new DamagedRecordException("the tree of mounts does not end");
        }
        above.push(at);
        at = memory.u64(at + leftAt);
      }
      at = above.pop();
      mounts.add(at - nodeAt);
      at = memory.u64(at + rightAt);
    }
  }

  Evidence describe(long mount, long namespace) {
    long block = memory.u64(mount + layouts.offset(MOUNT, "mnt.mnt_sb"));
    long type = memory.u64(block + layouts.offset("super_block", "s_type"));
    long device = memory.u64(mount + layouts.offset(MOUNT, "mnt_devname"));
    Map<String, String> values = new LinkedHashMap<>();
    values.put("device", device == 0 ? "none" : memory.text(device, LONGEST_NAME));
    values.put("path", paths.mountPoint(mount));
    values.put(
        "type",
        memory.text(memory.u64(type + layouts.offset("file_system_type", "name")), LONGEST_NAME));
    values.put(
        "namespace",
        Long.toString(memory.u32(namespace + layouts.offset("mnt_namespace", "ns.inum"))));
    return Evidence.of(memory, EvidenceKind.MOUNT, mount, layouts.size(MOUNT), values);
  }
}
