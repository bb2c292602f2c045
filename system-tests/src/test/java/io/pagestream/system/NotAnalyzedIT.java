package io.pagestream.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagestream.schemas.page.Pages;
import io.pagestream.system.Program.Ended;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * "Not analyzed" is the exact set of pages that were not analyzed, with the same number in every
 * place.
 */
final class NotAnalyzedIT {
  private static final String EXCLUDED = "elf64-excluded.elf.gz";
  private static final String CUT = "cut.raw";

  @TempDir static Path folder;
  private static Path caseFolder;
  private static Ended ended;
  private static JsonNode manifest;

  @BeforeAll
  static void analyzeStrictly() throws Exception {
    caseFolder = folder.resolve("case");
    ended =
        Program.run(
            folder,
            "analyze",
            "--quiet",
            "--skip-refused",
            Repository.SMALL_IMAGES.resolve(EXCLUDED).toString(),
            write("hide.elf", ForgedMemory.elfWithOneMoreEntry()),
            device(),
            more(),
            cut(),
            "--out",
            caseFolder.toString());
    manifest = Repository.json(caseFolder.resolve("manifest.json"));
  }

  private static String write(String name, byte[] image) throws IOException {
    return Files.write(folder.resolve(name), image).toString();
  }

  /** Sixteen pages with an e-mail each, of which a sidecar marks four as a device. */
  private static String device() throws IOException {
    Files.writeString(
        folder.resolve("device.raw.iomem"),
        """
        00000000-00003fff : System RAM
        00004000-00007fff : PCI Bus 0000:00
        00008000-0000ffff : System RAM
        """);
    return write("device.raw", emails(16, "user"));
  }

  /** The memory map has 16 pages more than the image. */
  private static String more() throws IOException {
    Files.writeString(folder.resolve("more.raw.iomem"), "00000000-0001ffff : System RAM\n");
    return write("more.raw", emails(16, "other"));
  }

  /** An ELF core that ends four pages early. */
  private static String cut() throws IOException {
    byte[] whole = ForgedMemory.elf(emails(16, "user"), 62, 0x4000_0000, 0x20);
    return write(CUT, Arrays.copyOf(whole, whole.length - 4 * Pages.SIZE));
  }

  private static byte[] emails(int pages, String name) {
    byte[] memory = new byte[pages * Pages.SIZE];
    for (int page = 0; page < pages; page++) {
      byte[] text =
          " %s%d@example-corp.org ".formatted(name, page).getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(text, 0, memory, page * Pages.SIZE + 64, text.length);
    }
    return memory;
  }

  @Test
  void skipRefusedTakesRefusedPagesAwayAndSaysSoLoudly() throws IOException {
    assertThat(byReason("hide.elf")).isEqualTo(Map.of("withheld", 4L));
    assertThat(byReason("device.raw")).isEqualTo(Map.of("withheld", 4L));
    assertThat(findings("hide.elf")).as("a forged entry withholds no page").isNotEmpty();
    assertThat(findings("device.raw")).hasSize(12);
    assertThat(warnings("hide.elf")).anyMatch(line -> line.contains("NOT ANALYZED"));
    assertThat(warnings("device.raw"))
        .anyMatch(
            line -> line.contains("4 refused pages") && line.contains("device-memory-not-read 4"));
    assertThat(ended.out()).anyMatch(line -> line.startsWith("  WARNING: 4 refused pages"));
    assertThat(manifest.get("settings").get("skip-refused").textValue()).isEqualTo("true");
  }

  @Test
  void everyReasonIsCounted() {
    assertThat(byReason(EXCLUDED)).containsKey("excluded");
    assertThat(byReason("more.raw")).isEqualTo(Map.of("absent", 16L));
    assertThat(byReason(CUT)).isEqualTo(Map.of("unreadable", 4L));
  }

  @Test
  void theRangesSayWhere() {
    assertThat(ranges("device.raw")).containsExactly("withheld 0x4000 4");
    assertThat(ranges("more.raw")).containsExactly("absent 0x10000 16");
    assertThat(ranges(CUT)).containsExactly("unreadable 0xc000 4");
  }

  /** Counted independently from {@code verdicts.jsonl} and the range map. */
  @Test
  void terminalSummaryManifestStoreAndVerdictsAgree() throws Exception {
    List<String> summary = Files.readAllLines(caseFolder.resolve("summary.txt"));
    assertThat(ended.out()).containsAll(summary);
    for (JsonNode image : manifest.get("images")) {
      String name = image.get("name").textValue();
      Map<String, Long> reported = byReason(name);
      assertThat(reported).as(name).isEqualTo(fromVerdicts(image));
      assertThat(rows(summary, name)).as(name).isEqualTo(reported);
      long sum = reported.values().stream().mapToLong(Long::longValue).sum();
      assertThat(image.get("pagesNotAnalyzed").get("pages").longValue()).as(name).isEqualTo(sum);
      assertThat(store(image.get("imageId").textValue())).as(name).isEqualTo(reported);
    }
  }

  /** The tables from which the dashboard reads. */
  private static Map<String, Long> store(String imageId) throws InterruptedException {
    Ended answer =
        Program.run(
            folder,
            "query",
            caseFolder.toString(),
            "SELECT name, count FROM tallies WHERE tally = 'not-analyzed' AND image_id = '"
                + imageId
                + "'",
            "--format",
            "csv");
    assertThat(answer.exitCode()).as(answer.all()).isZero();
    Map<String, Long> counts = new TreeMap<>();
    for (String line : answer.out().subList(1, answer.out().size())) {
      String[] cells = line.split(",", -1);
      counts.put(cells[0], Long.parseLong(cells[1]));
    }
    return counts;
  }

  private static Map<String, Long> fromVerdicts(JsonNode image) throws IOException {
    Map<String, Long> counts = new TreeMap<>();
    long judged = 0;
    for (String line : Files.readAllLines(caseFolder.resolve("verdicts.jsonl"))) {
      JsonNode span = Repository.json(line);
      if (span.get("imageId").equals(image.get("imageId"))) {
        judged += span.get("pageCount").longValue();
        if (!span.get("notAnalyzed").isNull()) {
          counts.merge(
              span.get("notAnalyzed").textValue(), span.get("pageCount").longValue(), Long::sum);
        }
      }
    }
    long absent = image.get("pages").get("rangeMapPages").longValue() - judged;
    if (absent > 0) {
      counts.put("absent", absent);
    }
    return counts;
  }

  /** The rows below "not analyzed" in an image's part of the summary. */
  private static Map<String, Long> rows(List<String> summary, String name) {
    Map<String, Long> rows = new TreeMap<>();
    List<String> part = summary.subList(summary.indexOf(name), summary.size());
    int at = 0;
    while (!part.get(at).startsWith("  not analyzed")) {
      at++;
    }
    for (at++; part.get(at).startsWith("    "); at++) {
      if (!part.get(at).startsWith("      ")) {
        String[] words = part.get(at).strip().split(" +", -1);
        rows.put(words[0], Long.parseLong(words[1].replace(",", "")));
      }
    }
    return rows;
  }

  private static Map<String, Long> byReason(String name) {
    Map<String, Long> counts = new TreeMap<>();
    image(name)
        .get("pagesNotAnalyzed")
        .get("byReason")
        .properties()
        .forEach(entry -> counts.put(entry.getKey(), entry.getValue().longValue()));
    return counts;
  }

  private static List<String> ranges(String name) {
    List<String> ranges = new ArrayList<>();
    for (JsonNode range : image(name).get("pagesNotAnalyzed").get("ranges")) {
      ranges.add(
          "%s 0x%x %d"
              .formatted(
                  range.get("reason").textValue(),
                  range.get("physicalAddress").longValue(),
                  range.get("pageCount").longValue()));
    }
    return ranges;
  }

  private static List<String> warnings(String name) {
    List<String> warnings = new ArrayList<>();
    image(name).get("criticalWarnings").forEach(warning -> warnings.add(warning.textValue()));
    return warnings;
  }

  private static Set<String> findings(String name) throws IOException {
    TreeSet<String> values = new TreeSet<>();
    for (String line : Files.readAllLines(caseFolder.resolve("findings.jsonl"))) {
      JsonNode finding = Repository.json(line);
      if (finding.get("image").textValue().equals(name)
          && finding.get("kind").textValue().equals("email")) {
        values.add(finding.get("value").textValue());
      }
    }
    return values;
  }

  private static JsonNode image(String name) {
    for (JsonNode image : manifest.get("images")) {
      if (image.get("name").textValue().equals(name)) {
        return image;
      }
    }
    throw new AssertionError(name + " is not in the case: " + ended.all());
  }
}
