package io.pagestream.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.luben.zstd.ZstdInputStream;
import io.pagestream.schemas.page.Pages;
import io.pagestream.system.Program.Ended;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Memory that was filled with artifacts, to fill the disk of the analyst or to bury evidence. The
 * number of kept findings is limited, omitted ones are reported, and all others are found.
 */
final class FloodedMemoryIT {
  private static final int FLOODED_PAGES = 512;

  /** As the cap keeps them: the first, and 16 close repetitions, of two kinds. */
  private static final int KEPT_OF_A_PAGE = 2 * (1 + 16);

  @TempDir static Path folder;
  private static Path flood;

  @BeforeAll
  static void writeFlood() throws IOException {
    byte[] unit = "a@b.co ".getBytes(StandardCharsets.US_ASCII);
    byte[] memory = new byte[FLOODED_PAGES * Pages.SIZE];
    for (int at = 0; at < memory.length; at++) {
      memory[at] = unit[at % unit.length];
    }
    flood = Files.write(folder.resolve("flood.raw"), memory);
  }

  @Test
  void theCapBoundsAFloodSaysWhereAndCanBeLifted() throws Exception {
    JsonNode capped = analyze("capped", 1, flood);
    JsonNode whole = analyze("whole", 0, flood, "--no-cap");
    assertThat(capped.get("findings").longValue()).isEqualTo((long) FLOODED_PAGES * KEPT_OF_A_PAGE);
    JsonNode image = capped.get("images").get(0);
    long leftOut =
        image.get("cappedFindings").get("email").longValue()
            + image.get("cappedFindings").get("domain").longValue();
    assertThat(capped.get("findings").longValue() + leftOut)
        .isEqualTo(whole.get("findings").longValue());
    assertThat(capped.get("doubts")).hasSize(1);
    JsonNode doubt = capped.get("doubts").get(0);
    assertThat(doubt.get("reason").textValue()).isEqualTo("findings-capped");
    assertThat(doubt.get("physicalAddress").longValue()).isZero();
    assertThat(doubt.get("pageCount").longValue()).isEqualTo(FLOODED_PAGES);
    assertThat(whole.get("doubts")).isEmpty();
    assertThat(whole.get("settings").get("finding-cap").textValue()).isEqualTo("none");
    assertThat(capped.get("settings").get("finding-cap").textValue()).contains("256", "16");
    assertThat(Files.readString(folder.resolve("capped/summary.txt")))
        .contains("findings left out by the cap", "findings-capped", "0x0-0x1fffff");
  }

  @Test
  void whatIsKeptDoesNotDependOnRunsOrPartitions() throws Exception {
    analyze("runs-1", 1, flood, "--run-pages", "1", "--partitions", "1");
    analyze("runs-256", 1, flood, "--run-pages", "256", "--partitions", "6");
    assertThat(folder.resolve("runs-1/findings.jsonl"))
        .hasSameBinaryContentAs(folder.resolve("runs-256/findings.jsonl"));
  }

  @Test
  void floodsBetweenThePagesOfARealGuestHideNothing() throws Exception {
    long seed = System.nanoTime();
    System.out.println("floodsBetweenThePagesOfARealGuestHideNothing, seed " + seed);
    byte[] memory = sample();
    List<Integer> zeroPages = zeroPages(memory);
    Random random = new Random(seed);
    TreeSet<Long> flooded = new TreeSet<>();
    for (int i = 0; i < 64; i++) {
      int page = zeroPages.get(random.nextInt(zeroPages.size()));
      fill(memory, page, random);
      flooded.add(Pages.address(page));
    }
    Path image = Files.write(folder.resolve("guest.raw"), memory);
    JsonNode manifest = analyze("guest", 1, image);
    JsonNode counted = manifest.get("images").get(0).get("cappedFindings");
    assertThat(counted.size()).isPositive();
    for (JsonNode doubt : manifest.get("doubts")) {
      long first = doubt.get("physicalAddress").longValue();
      long pages = doubt.get("pageCount").longValue();
      assertThat(doubt.get("reason").textValue()).isEqualTo("findings-capped");
      assertThat(flooded)
          .as("no page of the guest itself is capped, seed " + seed)
          .containsAnyElementsOf(
              LongStream.range(0, pages).mapToObj(page -> first + Pages.address(page)).toList());
    }
    FinishedCase finished = FinishedCase.in(folder.resolve("guest"), List.of());
    assertThat(
            PlantedArtifact.missing(
                PlantedArtifact.of(Repository.SAMPLE_TRUTH), finished.artifacts()))
        .as("seed " + seed)
        .isEmpty();
  }

  @Test
  void aJobThatReachesItsDiskBudgetKeepsWhatItFoundAndSaysWhatTookTheSpace() throws Exception {
    Path caseFolder = folder.resolve("budget");
    byte[] large = new byte[4 * FLOODED_PAGES * Pages.SIZE];
    byte[] once = Files.readAllBytes(flood);
    for (int at = 0; at < large.length; at += once.length) {
      System.arraycopy(once, 0, large, at, once.length);
    }
    Path image = Files.write(folder.resolve("large-flood.raw"), large);
    Ended ended =
        Program.run(
            folder,
            "analyze",
            "--quiet",
            "--no-cap",
            "--disk-budget",
            "96m",
            "--out",
            caseFolder.toString(),
            image.toString());
    assertThat(ended.exitCode()).as(ended.all()).isEqualTo(3);
    assertThat(ended.err())
        .as(ended.all())
        .singleElement()
        .asString()
        .contains("PS-301", "disk budget of 96", "broker records", "--disk-budget");
    JsonNode manifest = Repository.json(caseFolder.resolve("manifest.json"));
    assertThat(manifest.get("addsUp").booleanValue()).isFalse();
    assertThat(manifest.get("failure").textValue()).contains("disk budget");
    assertThat(manifest.get("findings").longValue()).isPositive();
    assertThat(manifest.get("settings").get("disk-budget-bytes").textValue())
        .isEqualTo(Long.toString(96L << 20));
    try (var files = Files.walk(caseFolder)) {
      long bytes =
          files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
      assertThat(bytes).as("what is left on the disk").isLessThan(96L << 20);
    }
  }

  private static JsonNode analyze(String name, int exitCode, Path image, String... options)
      throws InterruptedException {
    List<String> arguments =
        new ArrayList<>(List.of("analyze", "--quiet", "--out", folder.resolve(name).toString()));
    arguments.addAll(Arrays.asList(options));
    arguments.add(image.toString());
    Ended ended = Program.run(folder, arguments.toArray(String[]::new));
    assertThat(ended.exitCode()).as(ended.all()).isEqualTo(exitCode);
    JsonNode manifest = Repository.json(folder.resolve(name).resolve("manifest.json"));
    assertThat(manifest.get("addsUp").booleanValue()).as(ended.all()).isTrue();
    return manifest;
  }

  private static byte[] sample() throws IOException {
    try (InputStream in = new ZstdInputStream(Files.newInputStream(Repository.SAMPLE))) {
      return in.readAllBytes();
    }
  }

  private static List<Integer> zeroPages(byte[] memory) {
    byte[] zero = new byte[Pages.SIZE];
    List<Integer> pages = new ArrayList<>();
    for (int page = 0; page < memory.length / Pages.SIZE; page++) {
      int at = page * Pages.SIZE;
      if (Arrays.equals(memory, at, at + Pages.SIZE, zero, 0, Pages.SIZE)) {
        pages.add(page);
      }
    }
    return pages;
  }

  /** A flood of one sort, in ASCII or UTF-16LE, of one value or of many. */
  private static void fill(byte[] memory, int page, Random random) {
    boolean wide = random.nextBoolean();
    boolean varied = random.nextBoolean();
    int sort = random.nextInt(4);
    int start = page * Pages.SIZE;
    int number = 0;
    for (int at = start; at < start + Pages.SIZE; number++) {
      int n = varied ? number : 1;
      String unit =
          switch (sort) {
            case 0 -> "u%d@d.de ".formatted(n);
            case 1 -> "ftp://h%d.com ".formatted(n);
            case 2 -> "4111111111111111 ";
            default -> "10.0.%d.%d ".formatted(n / 250, n % 250);
          };
      byte[] bytes = unit.getBytes(wide ? StandardCharsets.UTF_16LE : StandardCharsets.US_ASCII);
      int length = Math.min(bytes.length, start + Pages.SIZE - at);
      System.arraycopy(bytes, 0, memory, at, length);
      at += length;
    }
  }
}
