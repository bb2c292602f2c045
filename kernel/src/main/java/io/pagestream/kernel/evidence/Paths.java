package io.pagestream.kernel.evidence;

import io.pagestream.kernel.memory.DamagedRecordException;
import io.pagestream.kernel.memory.VirtualMemory;
import io.pagestream.kernel.record.LinuxKernel;
import io.pagestream.kernel.type.Layouts;

/** Composes paths from directory entries and mounts (Linux, fs/d_path.c). */
final class Paths {
  private static final int MOST_PARTS = 256;
  private static final int LONGEST_NAME = 256;
  private static final int LONGEST_PATH = 4096;

  private final VirtualMemory memory;
  private final long parentAt;
  private final long nameAt;
  private final long vfsAt;
  private final long mountParentAt;
  private final long mountPointAt;

  Paths(LinuxKernel kernel) {
    Layouts layouts = kernel.requireLayouts();
    this.memory = kernel.memory();
    this.parentAt = layouts.offset("dentry", "d_parent");
    this.nameAt = layouts.offset("dentry", "d_name") + layouts.offset("qstr", "name");
    this.vfsAt = layouts.offset("mount", "mnt");
    this.mountParentAt = layouts.offset("mount", "mnt_parent");
    this.mountPointAt = layouts.offset("mount", "mnt_mountpoint");
  }

  /** The {@code struct mount} around a {@code struct vfsmount}. */
  long mountOf(long vfsMount) {
    return vfsMount - vfsAt;
  }

  /** Name of one directory entry; {@code /} for the root of a file system. */
  String name(long entry) {
    return memory.text(memory.u64(entry + nameAt), LONGEST_NAME);
  }

  /** The path of an entry within a mount, from the root of all mounts. */
  String path(long entry, long mount) {
    StringBuilder path = new StringBuilder();
    int parts = 0;
    while (path.length() < LONGEST_PATH) {
      if (++parts > MOST_PARTS) {
        throw new DamagedRecordException("a path does not end");
      }
      long parent = memory.u64(entry + parentAt);
      if (parent != entry) {
        path.insert(0, "/" + name(entry));
        entry = parent;
        continue;
      }
      long above = memory.u64(mount + mountParentAt);
      if (above == mount) {
        break;
      }
      entry = memory.u64(mount + mountPointAt);
      mount = above;
    }
    return path.isEmpty() ? "/" : path.toString();
  }

  /** The path at which a file system is mounted. */
  String mountPoint(long mount) {
    long above = memory.u64(mount + mountParentAt);
    return above == mount ? "/" : path(memory.u64(mount + mountPointAt), above);
  }
}
