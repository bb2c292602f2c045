package io.pagestream.kernel.evidence;

import io.pagestream.kernel.memory.DamagedRecordException;
import io.pagestream.kernel.memory.VirtualMemory;
import io.pagestream.kernel.record.LinuxKernel;
import io.pagestream.kernel.type.Layouts;
import io.pagestream.schemas.finding.EvidenceKind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads the open files of a process. */
final class OpenFiles {
  /** The default limit of a process is 1024; servers raise it to a million. */
  private static final int MOST_FILES = 1 << 20;

  private static final int TYPE_MASK = 0xf000;
  private static final int SOCKET = 0xc000;
  private static final int PIPE = 0x1000;

  private final VirtualMemory memory;
  private final Layouts layouts;
  private final Paths paths;

  /**
   * An open file.
   *
   * @param descriptor its number in the process
   * @param address virtual address of its {@code struct file}
   */
  record Descriptor(int descriptor, long address) {}

  OpenFiles(LinuxKernel kernel) {
    this.memory = kernel.memory();
    this.layouts = kernel.requireLayouts();
    this.paths = new Paths(kernel);
  }

  /**
   * Delivers the open files of a process one by one.
   *
   * @throws DamagedRecordException if the table cannot be read to its end
   */
  void forEach(long task, Consumer<Descriptor> receiver) {
    long files = memory.u64(task + layouts.offset("task_struct", "files"));
    if (files == 0) {
      return; // a process that is ending
    }
    long table = memory.u64(files + layouts.offset("files_struct", "fdt"));
    long count = memory.u32(table + layouts.offset("fdtable", "max_fds"));
    if (count > MOST_FILES) {
      throw new DamagedRecordException("a process has %,d open files".formatted(count));
    }
    long slots = memory.u64(table + layouts.offset("fdtable", "fd"));
    for (int i = 0; i < count; i++) {
      long file = memory.u64(slots + 8L * i);
      if (file != 0) {
        receiver.accept(new Descriptor(i, file));
      }
    }
  }

  /** The {@code struct sock} of a file that is a socket. */
  Optional<Long> socketOf(long file) {
    if ((mode(file) & TYPE_MASK) != SOCKET) {
      return Optional.empty();
    }
    long socket = memory.u64(file + layouts.offset("file", "private_data"));
    long sock = memory.u64(socket + layouts.offset("socket", "sk"));
    return sock == 0 ? Optional.empty() : Optional.of(sock);
  }

  /** Number of the inode of a file. */
  long inode(long file) {
    return memory.u64(inodeOf(file) + layouts.offset("inode", "i_ino"));
  }

  private int mode(long file) {
    return memory.u16(inodeOf(file) + layouts.offset("inode", "i_mode"));
  }

  private long inodeOf(long file) {
    return memory.u64(file + layouts.offset("file", "f_inode"));
  }

  Evidence describe(int pid, String process, Descriptor open) {
    long file = open.address();
    long path = file + layouts.offset("file", "f_path", "__f_path");
    long entry = memory.u64(path + layouts.offset("path", "dentry"));
    long mount = paths.mountOf(memory.u64(path + layouts.offset("path", "mnt")));
    Map<String, String> values = new LinkedHashMap<>();
    values.put("pid", Integer.toString(pid));
    values.put("process", process);
    values.put("descriptor", Integer.toString(open.descriptor()));
    values.put(
        "path",
        switch (mode(file) & TYPE_MASK) {
          case SOCKET -> "socket:[%d]".formatted(inode(file));
          case PIPE ->
              paths.name(entry).isEmpty()
                  ? "pipe:[%d]".formatted(inode(file))
                  : paths.path(entry, mount);
          default -> paths.path(entry, mount);
        });
    values.put("inode", Long.toString(inode(file)));
    return Evidence.of(memory, EvidenceKind.OPEN_FILE, file, layouts.size("file"), values);
  }
}
