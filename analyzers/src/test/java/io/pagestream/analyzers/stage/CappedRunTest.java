package io.pagestream.analyzers.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.analyzers.catalog.AnalyzerCatalog;
import io.pagestream.schemas.avro.CappedRange;
import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.ledger.CappedRanges;
import io.pagestream.schemas.page.Pages;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Memory that was filled to flood a case with findings: the number of kept findings is limited,
 * omitted ones are counted, and neither depends on how memory is cut into runs.
 */
class CappedRunTest {
  private static final int PAGES = 8;
  private static final String ONE_VALUE = "a@b.co ";

  /** All analyzers of a job, under one cap. */
  private static AnalyzerLane lane(FindingCap cap) {
    return new AnalyzerLane(
        AnalyzerSelection.of(AnalyzerCatalog.all(), Set.of(), Map.of()),
        WorkLimit.of(Duration.ofMinutes(10)),
        cap,
        PayloadFiles.NONE);
  }

  private record Outcome(
      TreeMap<String, Finding> findings, Map<String, Long> capped, List<CappedRange> ranges) {}

  @Test
  void oneValueOverAndOverIsBoundedAndCounted() {
    byte[] memory = filled(ONE_VALUE.getBytes(StandardCharsets.US_ASCII));
    Outcome all = analyze(FindingCap.NONE, memory, PAGES);
    Outcome kept = analyze(FindingCap.DEFAULT, memory, PAGES);
    assertThat(all.capped()).isEmpty();
    assertThat(perPage(kept)).allSatisfy((page, count) -> assertThat(count).isEqualTo(2 * 17L));
    assertThat(total(kept) + sum(kept.capped())).isEqualTo(total(all));
    assertThat(kept.ranges())
        .singleElement()
        .satisfies(range -> {
          assertThat(range.getPhysicalAddress()).isEqualTo(Pages.address(Runs.FIRST_FRAME));
          assertThat(range.getPageCount()).isEqualTo(PAGES);
          assertThat(range.getFindings()).isEqualTo(sum(kept.capped()));
        });
  }

  @Test
  void aFloodOfDifferentValuesIsBounded() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; text.length() < PAGES * Pages.SIZE; i++) {
      text.append(Integer.toString(i, 36)).append("@x").append(i).append(".io ");
    }
    Outcome kept =
        analyze(FindingCap.DEFAULT, filled(text.toString().getBytes(StandardCharsets.US_ASCII)), 8);
    assertThat(perPage(kept))
        .allSatisfy((page, count) -> assertThat(count).isLessThanOrEqualTo(512));
    assertThat(kept.capped()).containsKeys("email", "domain");
  }

  @Test
  void whatAFloodSurroundsIsFound() {
    byte[] memory = filled(ONE_VALUE.getBytes(StandardCharsets.US_ASCII));
    byte[] evidence = " suspect@example.org ".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(evidence, 0, memory, 5 * Pages.SIZE + 4000, evidence.length);
    assertThat(analyze(FindingCap.DEFAULT, memory, 3).findings().values())
        .extracting(Finding::getValue)
        .contains("suspect@example.org");
  }

  @Test
  void runsOfAnySizeKeepAndLeaveOutTheSame() {
    long seed = System.nanoTime();
    System.out.println("runsOfAnySizeKeepAndLeaveOutTheSame, seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 6; round++) {
      byte[] memory = flood(random);
      Outcome reference = analyze(FindingCap.DEFAULT, memory, PAGES);
      assertThat(reference.capped()).isNotEmpty();
      for (int runPages : new int[] {1, 2, 3, 5}) {
        assertThat(analyze(FindingCap.DEFAULT, memory, runPages))
            .as("runs of %d pages, seed %d, round %d", runPages, seed, round)
            .isEqualTo(reference);
      }
    }
  }

  /**
   * Pages of floods of all sorts, in ASCII and UTF-16LE, with plain text between them; one page at
   * least is flooded beyond the limit, whatever the seed.
   */
  private static byte[] flood(Random random) {
    byte[] memory = new byte[PAGES * Pages.SIZE];
    for (int at = 0; at < memory.length; ) {
      String unit =
          switch (random.nextInt(7)) {
            case 0 -> ONE_VALUE;
            case 1 -> "u%d@d%d.de ".formatted(random.nextInt(900), random.nextInt(900));
            case 2 -> "http://h%d.com/ ".formatted(random.nextInt(900));
            case 3 -> "4111111111111111 ";
            case 4 -> "10.%d.2.3 ".formatted(random.nextInt(255));
            case 5 -> "2001:db8::%x ".formatted(1 + random.nextInt(65000));
            default -> "nothing to be found here. ";
          };
      boolean wide = random.nextInt(4) == 0;
      byte[] bytes = unit.getBytes(wide ? StandardCharsets.UTF_16LE : StandardCharsets.US_ASCII);
      for (int left = 1 + random.nextInt(700); left > 0 && at < memory.length; left--) {
        int length = Math.min(bytes.length, memory.length - at);
        System.arraycopy(bytes, 0, memory, at, length);
        at += length;
      }
    }
    byte[] page = Arrays.copyOf(filled(ONE_VALUE.getBytes(StandardCharsets.US_ASCII)), Pages.SIZE);
    System.arraycopy(page, 0, memory, random.nextInt(PAGES) * Pages.SIZE, Pages.SIZE);
    return memory;
  }

  private static byte[] filled(byte[] unit) {
    byte[] memory = new byte[PAGES * Pages.SIZE];
    for (int at = 0; at < memory.length; at += unit.length) {
      System.arraycopy(unit, 0, memory, at, Math.min(unit.length, memory.length - at));
    }
    return memory;
  }

  private static Outcome analyze(FindingCap cap, byte[] memory, int runPages) {
    TreeMap<String, Finding> findings = new TreeMap<>();
    Map<String, Long> capped = new HashMap<>();
    List<CappedRange> ranges = new ArrayList<>();
    try (AnalyzerLane lane = lane(cap)) {
      for (int page = 0, run = 0; page < PAGES; page += runPages, run++) {
        RunAnalysis analysis =
            lane.analyze(
                Runs.manifest(PAGES), cut(memory, run, page, Math.min(runPages, PAGES - page)));
        assertThat(analysis.failures()).isEmpty();
        analysis.findings().forEach(finding -> findings.put(finding.getFindingId(), finding));
        analysis.capped().forEach((kind, count) -> capped.merge(kind, count, Long::sum));
        ranges.addAll(analysis.cappedRanges());
      }
    }
    return new Outcome(findings, capped, CappedRanges.joined(ranges));
  }

  /** A run as the producer cuts it, with the bytes before and after it. */
  private static PageRun cut(byte[] memory, int runIndex, int firstPage, int pages) {
    int from = firstPage * Pages.SIZE;
    int to = from + pages * Pages.SIZE;
    PageRun run =
        Runs.of(
            runIndex,
            "B".repeat(pages),
            Arrays.copyOfRange(memory, Math.max(0, from - 512), from),
            Arrays.copyOfRange(memory, to, Math.min(memory.length, to + Pages.SIZE)));
    run.setPhysicalAddress(Pages.address(Runs.FIRST_FRAME + firstPage));
    run.setPages(ByteBuffer.wrap(Arrays.copyOfRange(memory, from, to)));
    return run;
  }

  private static Map<Long, Long> perPage(Outcome outcome) {
    return outcome.findings().values().stream()
        .collect(
            Collectors.groupingBy(
                finding -> Pages.floor(finding.getLocation().getAddress()), Collectors.counting()));
  }

  private static long total(Outcome outcome) {
    return outcome.findings().size();
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
