package io.pagestream.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.luben.zstd.ZstdInputStream;
import io.pagestream.system.Program.Ended;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Neither forged page tables nor a forged memory map hide bytes in an image. */
final class HiddenMemoryIT {
  /** Kinds of findings about page tables, of which forged ones have many. */
  private static final Set<String> OF_PAGE_TABLES = Set.of("cache-alias", "mapping-anomaly");

  private static final String PLAIN = "linux-128m.raw.zst";
  private static final String FORGED = "forged.raw";
  private static final String NAMED = "forged-named.elf";

  /** The sample's swapper_pg_dir, where a processor's CR3 may point. */
  private static final int ROOT = 0x9c000;

  @TempDir static Path folder;
  private static Ended ended;
  private static JsonNode manifest;
  private static final Map<String, List<JsonNode>> FINDINGS = new TreeMap<>();

  @BeforeAll
  static void analyzeAllInOneJob() throws Exception {
    long seed = Long.getLong("hidden.seed", System.nanoTime());
    System.out.println("HiddenMemoryIT: -Dhidden.seed=" + seed);
    byte[] memory = sample();
    byte[] forged = ForgedMemory.everyPageAPageTable(memory, 40, new Random(seed), 0);
    byte[] related = ForgedMemory.everyPageAPageTable(memory, 40, new Random(seed), ROOT);
    Path caseFolder = folder.resolve("case");
    ended =
        Program.run(
            folder,
            "analyze",
            "--quiet",
            Repository.SAMPLE.toString(),
            write(FORGED, forged),
            write(NAMED, ForgedMemory.elf(related, 62, ROOT, 0x75_0ef0)),
            write("hide.raw", ForgedMemory.sevenPagesHide512Emails()),
            write("hide.elf", ForgedMemory.elfWithOneMoreEntry()),
            write("pae.elf", ForgedMemory.paeElf()),
            "--out",
            caseFolder.toString());
    manifest = Repository.json(caseFolder.resolve("manifest.json"));
    for (String line : Files.readAllLines(caseFolder.resolve("findings.jsonl"))) {
      JsonNode finding = Repository.json(line);
      FINDINGS
          .computeIfAbsent(finding.get("image").textValue(), image -> new ArrayList<>())
          .add(finding);
    }
  }

  private static byte[] sample() throws IOException {
    try (InputStream in = new ZstdInputStream(Files.newInputStream(Repository.SAMPLE))) {
      return in.readAllBytes();
    }
  }

  private static String write(String name, byte[] image) throws IOException {
    if (name.equals(FORGED)) {
      Files.writeString(folder.resolve(name + ".iomem"), "00000000-07ffffff : PCI Bus 0000:00\n");
    }
    return Files.write(folder.resolve(name), image).toString();
  }

  /**
   * 40 forged roots outvote 12 real ones, and a one-line memory map next to the image marks it as a
   * device; in the previous build, either of the two removed all of 1,406 findings.
   */
  @Test
  void neitherForgedPageTablesNorASidecarHideAnythingOfARealImage() throws IOException {
    assertThat(artifacts(PLAIN)).hasSizeGreaterThan(1000);
    assertThat(artifacts(FORGED)).isEqualTo(artifacts(PLAIN));
    assertThat(verdicts(FORGED)).containsExactly("refused");
    assertThat(image(FORGED).get("refusedPages").get("device-memory-not-read").longValue())
        .isEqualTo(32_768);
    assertThat(pages(FORGED, line -> line.get("pagingStructure").booleanValue())).isZero();
  }

  /** A root that the processor's note names is not outvoted, and alone decides. */
  @Test
  void forgedRootsNeitherHideNorDecideBesideANamedRoot() throws IOException {
    assertThat(artifacts(NAMED)).isEqualTo(artifacts(PLAIN));
    JsonNode image = image(NAMED);
    assertThat(image.get("hints").get("page-tables.roots").textValue()).isEqualTo("0x9c000");
    // A forged page may be one that was empty until now, and that the named root reaches.
    assertThat(image.get("pages").get("refused").longValue()).isBetween(1L, 8000L);
    // The forged roots annotate every page that the named root does not mark as a page table
    // itself.
    assertThat(
            pages(
                NAMED,
                line ->
                    line.get("shapePagingStructure").booleanValue()
                        || line.get("pagingStructure").booleanValue()))
        .isGreaterThan(32_000);
    assertThat(pages(NAMED, line -> line.get("established").textValue().equals("write-back")))
        .isGreaterThan(30_000);
  }

  @Test
  void sevenCraftedPagesHideNoEMail() {
    assertThat(FINDINGS.get("hide.raw"))
        .filteredOn(finding -> finding.get("kind").textValue().equals("email"))
        .hasSize(512);
  }

  /**
   * The named root itself makes the page a page table, but one that user mode can write: that is a
   * warning, and neither decides the page's verdict nor hides the e-mail.
   */
  @Test
  void oneMoreDirectoryEntryChangesNoVerdictAndHidesNothing() {
    assertThat(email("hide.elf").get("value").textValue())
        .isEqualTo("hidden.victim@example-corp.org");
    assertThat(email("hide.elf").get("verdict").textValue()).isEqualTo("mapped");
  }

  @Test
  void aPaeGuestIsWalkedAsPae() throws IOException {
    assertThat(email("pae.elf").get("value").textValue()).isEqualTo("pae.victim@example-corp.org");
    assertThat(email("pae.elf").get("verdict").textValue()).isNotEqualTo("refused");
    assertThat(image("pae.elf").get("hints").get("page-tables").textValue()).startsWith("PAE, ");
    assertThat(pages("pae.elf", line -> line.get("pagingStructure").booleanValue())).isEqualTo(3);
  }

  /**
   * The warning is on the terminal, in summary.txt and in manifest.json, which the dashboard reads.
   */
  @Test
  void saysLoudlyWhatNoOrdinaryGuestHas() throws IOException {
    // The location of the forged roots determines how many of them are walked within the budget.
    if (pages(FORGED, line -> line.get("shapePagingStructure").booleanValue()) > 32_768 / 20) {
      assertLoud(FORGED, "Page tables seem to fill ");
    }
    assertLoud(NAMED, "Page tables seem to fill 32,");
    assertLoud(FORGED, "The mapper refused 32,768 of the 32,768 pages");
    assertLoud(FORGED, "device memory by the memory map");
    assertLoud("hide.raw", "Page tables seem to fill");
    assertThat(image(PLAIN).get("criticalWarnings")).isEmpty();
    assertThat(image("pae.elf").get("criticalWarnings")).isEmpty();
  }

  private static void assertLoud(String image, String text) throws IOException {
    String warning = null;
    for (JsonNode each : image(image).get("criticalWarnings")) {
      warning = each.textValue().contains(text) ? each.textValue() : warning;
    }
    assertThat(warning).as(image + " " + image(image).get("criticalWarnings")).isNotNull();
    String line = "  WARNING: " + warning;
    assertThat(ended.out()).as(ended.all()).contains(line);
    assertThat(Files.readAllLines(folder.resolve("case/summary.txt"))).contains(line);
  }

  @Test
  void nothingThatHoldsBytesIsLeftOut() {
    for (JsonNode image : manifest.get("images")) {
      assertThat(image.get("pagesNotAnalyzed").get("pages").longValue())
          .as(image.get("name").textValue())
          .isZero();
    }
  }

  private static JsonNode email(String image) {
    List<JsonNode> emails =
        FINDINGS.getOrDefault(image, List.of()).stream()
            .filter(finding -> finding.get("kind").textValue().equals("email"))
            .toList();
    assertThat(emails).as(image).hasSize(1);
    return emails.getFirst();
  }

  private static Set<Artifact> artifacts(String image) {
    TreeSet<Artifact> artifacts = new TreeSet<>();
    FINDINGS.getOrDefault(image, List.of()).stream()
        .filter(finding -> !OF_PAGE_TABLES.contains(finding.get("kind").textValue()))
        .map(Artifact::of)
        .forEach(artifacts::add);
    return artifacts;
  }

  private static Set<String> verdicts(String image) {
    TreeSet<String> verdicts = new TreeSet<>();
    FINDINGS.getOrDefault(image, List.of()).stream()
        .filter(finding -> !OF_PAGE_TABLES.contains(finding.get("kind").textValue()))
        .forEach(finding -> verdicts.add(finding.get("verdict").textValue()));
    return verdicts;
  }

  private static JsonNode image(String name) {
    for (JsonNode image : manifest.get("images")) {
      if (image.get("name").textValue().equals(name)) {
        return image;
      }
    }
    throw new AssertionError(name + " is not in the case: " + ended.all());
  }

  private static long pages(String image, Predicate<JsonNode> which) throws IOException {
    long pages = 0;
    for (String line : Files.readAllLines(folder.resolve("case/verdicts.jsonl"))) {
      JsonNode span = Repository.json(line);
      if (span.get("image").textValue().equals(image) && which.test(span)) {
        pages += span.get("pageCount").longValue();
      }
    }
    return pages;
  }
}
