package io.pagestream.kernel.evidence;

import io.pagestream.kernel.memory.DamagedRecordException;
import io.pagestream.kernel.record.KernelLog;
import io.pagestream.kernel.record.LinuxKernel;
import io.pagestream.kernel.record.LogRecord;
import io.pagestream.kernel.record.Recorded;
import io.pagestream.kernel.record.Tasks;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.doubt.DoubtReason;
import io.pagestream.schemas.finding.EvidenceKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Collects the records of a kernel about its system. Damage ends one list or leaves out one entry,
 * and is reported; all other lists are read.
 */
public final class EvidenceCollector {
  /** More than a large server has; a list that does not end must not publish without limit. */
  private static final int MOST_RECORDS = 500_000;

  /** Damaged entries after which the open files of a process are given up. */
  private static final int MOST_DAMAGED = 100;

  /** The same for all processes: a forged table can belong to each of them. */
  private static final int MOST_DAMAGED_OF_ALL = 20_000;

  private static final String FILES = "open files";
  private static final String SOCKETS = "sockets";

  private final LinuxKernel kernel;
  private final Consumer<Evidence> receiver;
  private int found;

  /** Why a list was cut the first time, by list: a forged kernel can cut a million. */
  private final Map<String, String> cut = new LinkedHashMap<>();

  private final Map<String, Integer> cuts = new LinkedHashMap<>();
  private final Map<String, Integer> damaged = new LinkedHashMap<>();
  private final Set<Long> sockets = new HashSet<>();

  private EvidenceCollector(LinuxKernel kernel, Consumer<Evidence> receiver) {
    this.kernel = kernel;
    this.receiver = receiver;
  }

  /**
   * Reads all records of a kernel.
   *
   * @param receiver receives them one by one, in an order that depends on the image only
   * @return lists that are cut by damage, and the number of entries left out
   */
  public static List<Doubt> read(LinuxKernel kernel, Consumer<Evidence> receiver) {
    EvidenceCollector collector = new EvidenceCollector(kernel, receiver);
    collector.collect();
    return collector.doubts();
  }

  private void collect() {
    if (kernel.layouts().isPresent() && kernel.symbols().isPresent()) {
      part("processes", this::processes);
      part("modules", this::modules);
      part("mounts", this::mounts);
    }
    part("the kernel's log", this::log);
  }

  private void part(String list, Runnable reader) {
    try {
      reader.run();
    } catch (DamagedRecordException e) {
      cut(list, String.valueOf(e.getMessage()));
    }
  }

  private void processes() {
    Recorded<Long> tasks = noted("the list of processes", Tasks.read(kernel));
    Processes processes = new Processes(kernel);
    for (long task : tasks.entries()) {
      add("the list of processes", () -> processes.describe(task));
    }
    OpenFiles files = new OpenFiles(kernel);
    Sockets all = new Sockets(kernel);
    for (long task : tasks.entries()) {
      part("the open files of a process", () -> files(task, files, all));
    }
    for (long connection : noted("the table of TCP connections", all.connections()).entries()) {
      if (sockets.add(connection)) {
        add("the table of TCP connections", () -> all.describeOrphan(connection));
      }
    }
  }

  private void files(long task, OpenFiles files, Sockets all) {
    int pid = kernel.memory().i32(task + kernel.requireLayouts().offset("task_struct", "pid"));
    String name = Tasks.name(kernel, task);
    int before = damagedFiles();
    files.forEach(
        task,
        open -> {
          add(FILES, () -> files.describe(pid, name, open));
          entry(SOCKETS, () -> socket(pid, name, open, files, all));
          if (damagedFiles() > Math.min(before + MOST_DAMAGED, MOST_DAMAGED_OF_ALL)) {
            throw new DamagedRecordException("too many of its entries cannot be read");
          }
        });
  }

  private int damagedFiles() {
    return damaged.getOrDefault(FILES, 0) + damaged.getOrDefault(SOCKETS, 0);
  }

  private void socket(
      int pid, String name, OpenFiles.Descriptor open, OpenFiles files, Sockets all) {
    Optional<Long> sock = files.socketOf(open.address());
    if (sock.isPresent() && all.isKnown(sock.get())) {
      sockets.add(sock.get());
      Map<String, String> owner = new LinkedHashMap<>();
      owner.put("pid", Integer.toString(pid));
      owner.put("process", name);
      owner.put("descriptor", Integer.toString(open.descriptor()));
      add(SOCKETS, () -> all.describe(sock.get(), files.inode(open.address()), owner));
    }
  }

  private void modules() {
    Modules modules = new Modules(kernel);
    for (long module : noted("the list of modules", modules.list()).entries()) {
      add("the list of modules", () -> modules.describe(module));
    }
  }

  private void mounts() {
    Mounts mounts = new Mounts(kernel);
    Set<Long> namespaces = new HashSet<>();
    for (long task : Tasks.read(kernel).entries()) {
      Optional<Long> namespace = mounts.namespaceOf(task);
      if (namespace.isPresent() && namespaces.add(namespace.get())) {
        for (long mount : noted("the list of mounts", mounts.list(namespace.get())).entries()) {
          add("the list of mounts", () -> mounts.describe(mount, namespace.get()));
        }
      }
    }
  }

  private void log() {
    for (LogRecord record : noted("the kernel's log", KernelLog.read(kernel)).entries()) {
      Map<String, String> values = new LinkedHashMap<>();
      values.put("sequence", Long.toString(record.sequence()));
      values.put(
          "time",
          "%d.%06d"
              .formatted(
                  record.nanoseconds() / 1_000_000_000L, record.nanoseconds() / 1000 % 1_000_000));
      values.put("level", Integer.toString(record.level()));
      values.put("text", record.text());
      add(
          "the kernel's log",
          () ->
              Evidence.of(
                  kernel.memory(),
                  EvidenceKind.KERNEL_LOG_RECORD,
                  record.virtualAddress(),
                  record.text().length(),
                  values));
    }
  }

  private void add(String list, Supplier<Evidence> reader) {
    if (found >= MOST_RECORDS) {
      throw new DamagedRecordException("more than %,d records".formatted(MOST_RECORDS));
    }
    entry(
        list,
        () -> {
          Evidence evidence = reader.get();
          found++;
          receiver.accept(evidence);
        });
  }

  /** Reads one entry of a list; a damaged one is counted. */
  private void entry(String list, Runnable reader) {
    try {
      reader.run();
    } catch (DamagedRecordException e) {
      damaged.merge(list, 1, Integer::sum);
      if (kernel.memory().pages().budget().isSpent()) {
        throw e;
      }
    }
  }

  private <T> Recorded<T> noted(String list, Recorded<T> recorded) {
    recorded.cut().ifPresent(why -> cut(list, why));
    return recorded;
  }

  private void cut(String list, String why) {
    cut.putIfAbsent(list, why);
    cuts.merge(list, 1, Integer::sum);
  }

  private List<Doubt> doubts() {
    List<Doubt> doubts = new ArrayList<>();
    cut.forEach((list, why) -> {
      int more = cuts.getOrDefault(list, 1) - 1;
      String others = more == 0 ? "" : " (and %,d more such lists)".formatted(more);
      doubts.add(doubt(list, why + others));
    });
    damaged.forEach((list, count) ->
        doubts.add(doubt(list, "%,d of its entries cannot be read".formatted(count))));
    return doubts;
  }

  private static Doubt doubt(String list, String why) {
    return DoubtReason.KERNEL_LIST_CUT.of(
        "%s is incomplete: %s; further entries may be missing".formatted(list, why));
  }
}
