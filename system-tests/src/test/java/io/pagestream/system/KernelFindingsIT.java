package io.pagestream.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagestream.system.Program.Ended;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The findings from the kernel's records in the sample against what its guest printed while it ran:
 * {@code ps}, {@code /proc/modules}, {@code /proc/mounts}, {@code /proc/net/tcp}, {@code dmesg}.
 * The case is complete and sealed, and equal to that of a cluster with other runs and partitions.
 */
final class KernelFindingsIT {
  private static final Path GUEST =
      Repository.ROOT.resolve("kernel/src/test/resources/guests/linux-128m");

  private static final List<String> OPTIONS =
      List.of("--kernel-records", "on", "--ignore-sidecars", "--analyzers", "linux-banner");

  @TempDir static Path folder;
  private static List<JsonNode> findings;

  @BeforeAll
  static void analyze() throws Exception {
    List<String> arguments = new ArrayList<>(List.of("analyze", "--out", "alone", "--quiet"));
    arguments.addAll(OPTIONS);
    arguments.add(Repository.SAMPLE.toString());
    Ended ended = Program.run(folder, arguments.toArray(String[]::new));
    assertThat(ended.exitCode()).as(ended.all()).isZero();
    findings = findings("alone");
  }

  private static List<JsonNode> findings(String name) throws IOException {
    return Files.readAllLines(folder.resolve(name).resolve("findings.jsonl")).stream()
        .map(Repository::json)
        .filter(finding -> finding.get("analyzer").textValue().equals("kernel"))
        .toList();
  }

  private static List<JsonNode> of(String kind) {
    return findings.stream().filter(one -> one.get("kind").textValue().equals(kind)).toList();
  }

  private static String attribute(JsonNode finding, String name) {
    return finding.get("attributes").path(name).asText();
  }

  private static List<String> guest(String name) throws IOException {
    return Files.readAllLines(GUEST.resolve(name), StandardCharsets.ISO_8859_1);
  }

  /** The commands after ps had not started, and ps itself had ended. */
  @Test
  void processesAreThoseOfPs() throws IOException {
    Set<String> printed = new TreeSet<>();
    int last = 0;
    List<String> rows = guest("ps");
    for (String row : rows.subList(1, rows.size())) {
      String[] words = row.strip().split("\\s+", 4);
      last = Integer.parseInt(words[0]);
      printed.add(words[0] + " ppid " + words[1] + " uid " + words[2]);
    }
    int ps = last;
    printed.removeIf(row -> row.startsWith(ps + " "));
    Set<String> found = new TreeSet<>();
    for (JsonNode process : of("process")) {
      if (Integer.parseInt(attribute(process, "pid")) < ps) {
        found.add(
            "%s ppid %s uid %s"
                .formatted(
                    attribute(process, "pid"),
                    attribute(process, "ppid"),
                    attribute(process, "uid")));
      }
    }
    assertThat(found).isEqualTo(printed);
  }

  @Test
  void modulesAreThoseOfProcModules() throws IOException {
    Set<String> printed = new TreeSet<>();
    for (String line : guest("modules")) {
      String[] words = line.split(" ", -1);
      printed.add(words[0] + " " + words[1] + " " + words[5]);
    }
    assertThat(of("kernel-module"))
        .extracting(one ->
            "%s %s %s"
                .formatted(
                    one.get("value").textValue(), attribute(one, "size"), attribute(one, "base")))
        .containsExactlyInAnyOrderElementsOf(printed);
  }

  /** The namespace of kdevtmpfs has mounts of its own, which /proc/mounts does not show. */
  @Test
  void mountsAreThoseOfProcMounts() throws IOException {
    String namespaces =
        of("process").stream()
            .filter(process -> attribute(process, "pid").equals("1"))
            .map(process -> attribute(process, "namespaces"))
            .findFirst()
            .orElseThrow();
    Set<String> printed = new TreeSet<>();
    for (String line : guest("mounts")) {
      String[] words = line.split(" ", -1);
      printed.add(words[0] + " " + words[1] + " " + words[2]);
    }
    assertThat(of("mount"))
        .filteredOn(mount -> namespaces.contains("mnt:" + attribute(mount, "namespace")))
        .extracting(mount ->
            "%s %s %s"
                .formatted(
                    attribute(mount, "device"),
                    mount.get("value").textValue(),
                    attribute(mount, "type")))
        .containsExactlyInAnyOrderElementsOf(printed);
  }

  @Test
  void connectionsAreThoseOfProcNetTcp() throws IOException {
    List<String> rows = guest("tcp");
    Set<String> inodes = new TreeSet<>();
    for (String row : rows.subList(1, rows.size())) {
      inodes.add(row.strip().split("\\s+", -1)[9]);
    }
    assertThat(of("socket"))
        .filteredOn(socket -> attribute(socket, "protocol").equals("tcp"))
        .extracting(socket -> attribute(socket, "inode"))
        .containsExactlyInAnyOrderElementsOf(inodes);
    assertThat(of("socket"))
        .anyMatch(socket ->
            socket.get("value").textValue().startsWith("tcp 127.0.0.1:31337 -> 0.0.0.0:0 listen")
                && attribute(socket, "process").equals("evil_miner_42"));
  }

  @Test
  void theLogIsThatOfDmesg() throws IOException {
    assertThat(of("kernel-log-record"))
        .hasSizeGreaterThan(200)
        .extracting(one -> one.get("value").textValue())
        .contains(guest("dmesg").getFirst());
  }

  @Test
  void eachHasTheKernelsAddressSpace() {
    assertThat(findings)
        .extracting(one -> one.get("space").textValue())
        .containsOnly(findings.getFirst().get("space").textValue())
        .allMatch(space -> space.matches("0x[1-9a-f][0-9a-f]*000"));
    assertThat(findings)
        .allMatch(one -> one.get("physicalAddress").longValue() >>> 47 == 0x1ffff)
        .allMatch(one -> attribute(one, "physical-address").startsWith("0x"));
  }

  @Test
  void theCaseIsSealed() throws Exception {
    Ended verified = Program.run(folder, "verify", "alone");
    assertThat(verified.exitCode()).as(verified.all()).isZero();
  }

  @Test
  void aClusterWithOtherRunsFindsTheSame() throws Exception {
    try (Cluster cluster = Cluster.start(folder)) {
      cluster.stage("mapper");
      cluster.stage("analyzers");
      List<String> options = new ArrayList<>(OPTIONS);
      options.addAll(List.of("--run-pages", "128"));
      Ended produced =
          Program.end(cluster.producer(Repository.SAMPLE, options.toArray(String[]::new)));
      assertThat(produced.exitCode()).as(produced.all()).isZero();
      Ended collected =
          Program.run(folder, "collect", "--config", cluster.config(), "--out", "collected");
      assertThat(collected.exitCode()).as(collected.all()).isZero();
      assertThat(Files.readAllLines(folder.resolve("collected/findings.jsonl")))
          .isEqualTo(Files.readAllLines(folder.resolve("alone/findings.jsonl")));
    }
  }
}
