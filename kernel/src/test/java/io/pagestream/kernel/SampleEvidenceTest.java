package io.pagestream.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.images.OpenedImage;
import io.pagestream.images.kernelrecord.KernelRecordReader;
import io.pagestream.images.pagetable.PageTableProgress;
import io.pagestream.kernel.evidence.Evidence;
import io.pagestream.kernel.evidence.EvidenceList;
import io.pagestream.kernel.machine.SampleGuest;
import io.pagestream.schemas.finding.EvidenceKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The records about the system in the sample against the guest's own {@code ps}, {@code
 * /proc/modules}, {@code /proc/mounts}, {@code /proc/net/tcp} and {@code dmesg}.
 */
final class SampleEvidenceTest {
  @TempDir static Path folder;

  private static KernelEvidence evidence;
  private static List<Evidence> records;

  @BeforeAll
  static void read() throws InterruptedException {
    try (OpenedImage image = SampleGuest.open(folder, KernelRecordReader.OFF)) {
      EvidenceList list = new EvidenceList(Set.of());
      evidence = KernelEvidence.read(image, PageTableProgress.NONE, list);
      records = list.records();
    }
  }

  private static List<Evidence> of(EvidenceKind kind) {
    return records.stream().filter(record -> record.kind() == kind).toList();
  }

  private static String value(Evidence record, String name) {
    return Objects.requireNonNull(record.values().get(name), name);
  }

  @Test
  void nothingIsDoubtful() {
    assertThat(evidence.doubts()).isEmpty();
    assertThat(evidence.kernel()).contains("6.1.0");
  }

  /**
   * The lists differ only by processes that ended (ps itself and its shell) and that started (the
   * commands after it) until the image was taken.
   */
  @Test
  void processesAreThoseOfPs() {
    Map<Integer, List<String>> printed = new TreeMap<>();
    List<String> rows = SampleGuest.lines("ps");
    for (String row : rows.subList(1, rows.size())) {
      String[] words = row.strip().split("\\s+", 4);
      printed.put(Integer.parseInt(words[0]), List.of(words[1], words[2], words[3]));
    }
    int last = printed.keySet().stream().mapToInt(Integer::intValue).max().orElseThrow();
    printed.remove(last); // ps itself
    Map<Integer, Evidence> found = new TreeMap<>();
    for (Evidence process : of(EvidenceKind.PROCESS)) {
      int pid = Integer.parseInt(value(process, "pid"));
      if (pid < last) {
        found.put(pid, process);
      }
    }
    assertThat(found.keySet()).isEqualTo(printed.keySet());
    printed.forEach((pid, row) -> {
      Evidence process = Objects.requireNonNull(found.get(pid));
      assertThat(value(process, "ppid")).isEqualTo(row.get(0));
      assertThat(value(process, "uid")).isEqualTo(row.get(1));
      // For kernel workers ps prints the work after the name.
      assertThat(row.get(2)).startsWith(value(process, "name"));
      boolean isKernelThread = row.get(2).contains("[");
      assertThat(process.values().containsKey("pgd")).isEqualTo(!isKernelThread);
    });
  }

  @Test
  void modulesAreThoseOfProcModules() {
    List<String> found =
        of(EvidenceKind.KERNEL_MODULE).stream()
            .map(module ->
                "%s %s %s"
                    .formatted(value(module, "name"), value(module, "size"), value(module, "base")))
            .toList();
    List<String> printed =
        SampleGuest.lines("modules").stream()
            .map(line -> line.split(" ", -1))
            .map(words -> "%s %s %s".formatted(words[0], words[1], words[5]))
            .toList();
    assertThat(found).isEqualTo(printed);
  }

  /**
   * The kernel has a second mount namespace, that of kdevtmpfs, which /proc/mounts does not show.
   */
  @Test
  void mountsAreThoseOfProcMounts() {
    String namespaces =
        value(
            of(EvidenceKind.PROCESS).stream()
                .filter(process -> value(process, "pid").equals("1"))
                .findFirst()
                .orElseThrow(),
            "namespaces");
    Set<String> found = new TreeSet<>();
    for (Evidence mount : of(EvidenceKind.MOUNT)) {
      if (namespaces.contains("mnt:" + value(mount, "namespace"))) {
        found.add(
            "%s %s %s"
                .formatted(value(mount, "device"), value(mount, "path"), value(mount, "type")));
      }
    }
    Set<String> printed = new TreeSet<>();
    for (String line : SampleGuest.lines("mounts")) {
      String[] words = line.split(" ", -1);
      printed.add("%s %s %s".formatted(words[0], words[1], words[2]));
    }
    assertThat(found).isEqualTo(printed);
  }

  @Test
  void connectionsAreThoseOfProcNetTcp() {
    List<String> found = new ArrayList<>();
    for (Evidence socket : of(EvidenceKind.SOCKET)) {
      if (value(socket, "protocol").equals("tcp")) {
        found.add(
            "%s:%s %s:%s %s %s"
                .formatted(
                    value(socket, "local"),
                    value(socket, "localPort"),
                    value(socket, "remote"),
                    value(socket, "remotePort"),
                    value(socket, "state"),
                    value(socket, "inode")));
      }
    }
    List<String> printed = new ArrayList<>();
    List<String> rows = SampleGuest.lines("tcp");
    for (String row : rows.subList(1, rows.size())) {
      String[] words = row.strip().split("\\s+", -1);
      printed.add(
          "%s %s %s %s"
              .formatted(
                  endpoint(words[1]),
                  endpoint(words[2]),
                  words[3].equals("0A") ? "listen" : "established",
                  words[9]));
    }
    assertThat(found).containsExactlyInAnyOrderElementsOf(printed);
    assertThat(of(EvidenceKind.SOCKET))
        .filteredOn(socket -> value(socket, "protocol").equals("tcp"))
        .allMatch(socket -> value(socket, "process").equals("evil_miner_42"));
  }

  /** {@code 0100007F:7A69} is 127.0.0.1:31337. */
  private static String endpoint(String hex) {
    long address = Long.parseLong(hex.substring(0, 8), 16);
    return "%d.%d.%d.%d:%d"
        .formatted(
            address & 0xff,
            (address >>> 8) & 0xff,
            (address >>> 16) & 0xff,
            address >>> 24,
            Integer.parseInt(hex.substring(9), 16));
  }

  @Test
  void openFilesHaveThePathsOfTheGuest() {
    assertThat(of(EvidenceKind.OPEN_FILE))
        .anySatisfy(file -> {
          assertThat(value(file, "pid")).isEqualTo("1");
          assertThat(value(file, "path")).isEqualTo("/init");
        })
        .anySatisfy(file -> {
          assertThat(value(file, "pid")).isEqualTo("1");
          assertThat(value(file, "path")).isEqualTo("/dev/ttyS1");
        })
        .anySatisfy(file -> {
          assertThat(value(file, "process")).isEqualTo("evil_miner_42");
          assertThat(value(file, "path")).startsWith("socket:[");
        });
  }

  @Test
  void theLogContainsTheLinesOfDmesg() {
    List<String> texts =
        of(EvidenceKind.KERNEL_LOG_RECORD).stream()
            .map(record -> "[%12s] %s".formatted(value(record, "time"), value(record, "text")))
            .toList();
    assertThat(texts).hasSizeGreaterThan(200).contains(SampleGuest.lines("dmesg").getFirst());
  }
}
