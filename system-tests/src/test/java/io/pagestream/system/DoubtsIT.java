package io.pagestream.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagestream.system.Program.Ended;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bytes given up, doubtful or cut off end with exit code 1, and terminal, summary, manifest, store
 * and explain show the same list with address ranges. One job with one image for each kind.
 */
final class DoubtsIT {
  private static final int PAGE = 4096;
  private static final int PAGES = 32;

  @TempDir private static Path folder;

  private static Ended ended;
  private static JsonNode manifest;

  @BeforeAll
  static void analyze() throws Exception {
    byte[] memory = memory(0);
    write("cut.lime", Arrays.copyOf(lime(memory, memory(1)), 40 * PAGE));
    write("lost-header.lime", withoutSecondHeader(lime(memory, memory(1), memory(2))));
    write("odd.raw", Arrays.copyOf(memory, 20 * PAGE + 123));
    write("cut.raw.gz", cut(gzip(memory)));
    write("flipped.raw.gz", flipped(gzip(memory)));
    write("trailing.raw.gz", join(gzip(memory), "not gzip".getBytes(StandardCharsets.UTF_8)));
    write("beside.raw", memory);
    write(
        "beside.raw.iomem",
        "00004000-00007fff : PCI Bus 0000:00\n".getBytes(StandardCharsets.US_ASCII));
    write("sound.raw", memory(3));
    List<String> arguments =
        new ArrayList<>(List.of("analyze", "--quiet", "--out", folder.resolve("case").toString()));
    Stream.of(
            "cut.lime",
            "lost-header.lime",
            "odd.raw",
            "cut.raw.gz",
            "flipped.raw.gz",
            "trailing.raw.gz",
            "beside.raw",
            "sound.raw")
        .map(name -> folder.resolve(name).toString())
        .forEach(arguments::add);
    ended = Program.run(folder, arguments.toArray(String[]::new));
    manifest = Repository.json(folder.resolve("case/manifest.json"));
  }

  @Test
  void theExitCodeIsOneAndEveryKindIsNamed() {
    assertThat(ended.exitCode()).as(ended.all()).isEqualTo(1);
    assertThat(manifest.get("exitCode").intValue()).isEqualTo(1);
    Map<String, Set<String>> reasons = new HashMap<>();
    manifest
        .get("doubts")
        .forEach(doubt ->
            reasons
                .computeIfAbsent(doubt.get("image").textValue(), image -> new TreeSet<>())
                .add(doubt.get("reason").textValue()));
    assertThat(reasons)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "cut.lime", Set.of("truncated"),
                "lost-header.lime", Set.of("skipped-header"),
                "odd.raw", Set.of("truncated"),
                "cut.raw.gz", Set.of("truncated"),
                "flipped.raw.gz", Set.of("gzip-crc"),
                "trailing.raw.gz", Set.of("trailing-bytes"),
                "beside.raw", Set.of("sidecar-found")));
  }

  @Test
  void terminalAndSummaryShowTheSameListWithAddressRanges() throws IOException {
    List<String> summary = Files.readAllLines(folder.resolve("case/summary.txt"));
    List<String> shown = summary.stream().filter(line -> line.contains("DOUBT:")).toList();
    assertThat(shown).hasSize(manifest.get("doubts").size());
    assertThat(ended.out()).containsAll(shown);
    assertThat(shown)
        .anyMatch(line -> line.matches(".*truncated, 0x14000-0x14fff \\(1 page\\).*odd.raw.*"))
        .anyMatch(line -> line.matches(".*sidecar-found, 0x4000-0x7fff \\(4 pages\\).*--iomem.*"))
        .anyMatch(line -> line.matches(".*gzip-crc, 0x0-0x1ffff \\(32 pages\\).*CRC-32.*"));
    assertThat(summary).anyMatch(line -> line.matches("exit code 1: \\d+ doubts"));
  }

  @Test
  void everythingBehindALostHeaderIsAnalyzed() throws IOException {
    assertThat(emails("lost-header.lime"))
        .contains("memory0-page31@example.org", "memory2-page0@example.org")
        .contains("memory1-page5@example.org"); // at an address above all others
    assertThat(lines("findings.jsonl", "lost-header.lime"))
        .filteredOn(line -> line.get("value").textValue().startsWith("memory1-"))
        .allMatch(
            line -> line.get("attributes").get("doubtful").textValue().equals("skipped-header"));
  }

  @Test
  void findingsAndVerdictsOfDoubtfulPagesSaySo() throws IOException {
    assertThat(lines("findings.jsonl", "flipped.raw.gz"))
        .isNotEmpty()
        .allMatch(line -> line.get("attributes").get("doubtful").textValue().equals("gzip-crc"));
    assertThat(lines("findings.jsonl", "sound.raw"))
        .isNotEmpty()
        .noneMatch(line -> line.get("attributes").has("doubtful"));
    assertThat(lines("verdicts.jsonl", "flipped.raw.gz"))
        .allMatch(line -> line.get("content").textValue().equals("doubtful"));
  }

  @Test
  void theStoreAndExplainKnowTheDoubts() throws Exception {
    String place = folder.resolve("case").toString();
    Ended counted =
        Program.run(folder, "query", place, "--format", "csv", "SELECT count(*) AS n FROM doubts");
    assertThat(counted.out()).as(counted.all()).contains("" + manifest.get("doubts").size());
    Ended story = Program.run(folder, "explain", place, "0x3010", "--image", "flipped.raw.gz");
    assertThat(story.out())
        .as(story.all())
        .anyMatch(line -> line.contains("gzip-crc, 0x0-0x1ffff (32 pages)"));
  }

  @Test
  void inspectEndsWithOneToo() throws Exception {
    Ended inspected = Program.run(folder, "inspect", folder.resolve("odd.raw").toString());
    assertThat(inspected.exitCode()).as(inspected.all()).isEqualTo(1);
    assertThat(inspected.out()).as(inspected.all()).anyMatch(line -> line.contains("DOUBT"));
    Ended sound = Program.run(folder, "inspect", folder.resolve("sound.raw").toString());
    assertThat(sound.exitCode()).as(sound.all()).isZero();
  }

  private static Set<String> emails(String image) throws IOException {
    Set<String> emails = new TreeSet<>();
    lines("findings.jsonl", image).forEach(line -> emails.add(line.get("value").textValue()));
    return emails;
  }

  private static List<JsonNode> lines(String file, String image) throws IOException {
    return Files.readAllLines(folder.resolve("case").resolve(file)).stream()
        .map(Repository::json)
        .filter(line -> line.get("image").textValue().equals(image))
        .toList();
  }

  /** Noise with a different e-mail address in each page. */
  private static byte[] memory(int number) {
    byte[] memory = new byte[PAGES * PAGE];
    Random random = new Random(number);
    for (int at = 0; at < memory.length; at++) {
      memory[at] = (byte) (random.nextInt(4) == 0 ? random.nextInt(128, 256) : 0);
    }
    for (int page = 0; page < PAGES; page++) {
      byte[] email =
          " memory%d-page%d@example.org "
              .formatted(number, page)
              .getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(email, 0, memory, page * PAGE + 100, email.length);
    }
    return memory;
  }

  private static byte[] lime(byte[]... ranges) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    long start = 0x100000;
    for (byte[] range : ranges) {
      file.writeBytes(
          ByteBuffer.allocate(32)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putInt(0x4C694D45)
              .putInt(1)
              .putLong(start)
              .putLong(start + range.length - 1)
              .array());
      file.writeBytes(range);
      start += 0x100000;
    }
    return file.toByteArray();
  }

  private static byte[] withoutSecondHeader(byte[] lime) {
    int header = 32 + PAGES * PAGE;
    Arrays.fill(lime, header, header + 32, (byte) 0);
    return lime;
  }

  private static byte[] gzip(byte[] content) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream stream = new GZIPOutputStream(packed)) {
      stream.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  private static byte[] cut(byte[] file) {
    return Arrays.copyOf(file, file.length * 2 / 3);
  }

  private static byte[] flipped(byte[] gzip) {
    gzip[gzip.length - 8] ^= 1; // the CRC-32
    return gzip;
  }

  private static byte[] join(byte[] first, byte[] second) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(first);
    all.writeBytes(second);
    return all.toByteArray();
  }

  private static void write(String name, byte[] content) throws IOException {
    Files.write(folder.resolve(name), content);
  }
}
