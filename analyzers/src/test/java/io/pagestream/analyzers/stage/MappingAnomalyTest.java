package io.pagestream.analyzers.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.analyzers.anomaly.MappingAnomalyAnalyzer;
import io.pagestream.analyzers.api.AnalyzerOptions;
import io.pagestream.analyzers.api.Mappings;
import io.pagestream.analyzers.catalog.AnalyzerCatalog;
import io.pagestream.analyzers.contract.Mutations;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.Confidence;
import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.avro.MappingAnomaly;
import io.pagestream.schemas.avro.MappingSpan;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Anomalies of page tables are findings, once, for any verdict and any division into runs. */
final class MappingAnomalyTest {
  private static final long START = Pages.address(Runs.FIRST_FRAME);

  @Test
  void aRegionIsAFindingWithBothLocationsFlagsAndOwner() {
    Finding finding = only(analyze(run("BBzR", span(0, 1), span(1, 3, region(1)))));

    assertThat(finding.getKind()).isEqualTo("mapping-anomaly");
    assertThat(finding.getAnalyzer()).isEqualTo("mapping-anomaly");
    assertThat(finding.getValue()).isEqualTo("user-maps-kernel-text 0x7f0000001000 under 0x2000");
    assertThat(finding.getLocation().getAddress()).isEqualTo(START + Pages.SIZE);
    assertThat(finding.getLength()).isEqualTo(2 * Pages.SIZE);
    assertThat(finding.getConfidence()).isEqualTo(Confidence.HIGH);
    Map<String, String> expected = new HashMap<>();
    expected.put("definition", "user-maps-kernel-text");
    expected.put("physical-address", "0x" + Long.toHexString(START + Pages.SIZE));
    expected.put("virtual-address", "0x7f0000001000");
    expected.put("root", "0x2000");
    expected.put("roots", "named");
    expected.put("owner", "evil (42)");
    expected.put("pages", "2");
    expected.put("entry", "0x5007");
    expected.put("entry-address", "0x3008");
    expected.put("flags", "user rw-");
    expected.put("cache-type", "write-back");
    expected.put("other-virtual-address", "0xffffffff81000000");
    expected.put("other-root", "0x1000");
    assertThat(finding.getAttributes()).isEqualTo(expected);
  }

  /** A finding about an entry is at the entry, 8 bytes long. */
  @Test
  void anEntryIsAFindingAtItsAddress() {
    MappingAnomaly entry = region(0);
    entry.setDefinition("reserved-bits");
    entry.setPageCount(0L);
    entry.setPhysicalAddress(START + 0x888);
    entry.setEntryAddress(START + 0x888);

    Finding finding = only(analyze(run("B", span(0, 1, entry))));

    assertThat(finding.getLocation().getAddress()).isEqualTo(START + 0x888);
    assertThat(finding.getLength()).isEqualTo(8);
  }

  /** A mapping of memory outside the image is reported at its entry. */
  @Test
  void aRegionOutsideTheImageIsAtItsEntry() {
    MappingAnomaly far = region(0);
    far.setPhysicalAddress(0xfee0_0000L);
    far.setEntryAddress(START + Pages.SIZE + 0x10);

    Finding finding = only(analyze(run("BB", span(0, 1), span(1, 1, far))));

    assertThat(finding.getLocation().getAddress()).isEqualTo(START + Pages.SIZE + 0x10);
    assertThat(finding.getAttributes()).containsEntry("physical-address", "0xfee00000");
  }

  @Test
  void allOfAPageAreFoundAndThoseOfNeighborsAreNot() {
    MappingAnomaly other = region(0);
    other.setDefinition("user-rwx");
    PageRun run = run("B", span(0, 1, region(0), other));
    run.setMappingBefore(span(-1, 1, region(-1)));

    assertThat(analyze(run)).hasSize(2);
    assertThat(analyze(run("B", span(0, 1)))).isEmpty();
  }

  @Test
  void anAnomalyOfARootThatWasFoundByItsShapeHasLowConfidence() {
    MappingAnomaly forged = region(0);
    forged.setRootByShape(true);
    forged.setConfidence(Confidence.LOW);

    Finding finding = only(analyze(run("B", span(0, 1, forged))));

    assertThat(finding.getConfidence()).isEqualTo(Confidence.LOW);
    assertThat(finding.getAttributes()).containsEntry("roots", "found-by-shape");
  }

  /** Runs of any size give the same findings, because a region belongs to its first page. */
  @Test
  void findingsDoNotDependOnHowMemoryIsCutIntoRuns() {
    List<Finding> whole = cut(64);
    assertThat(whole).hasSize(13).doesNotHaveDuplicates();
    for (int runPages : new int[] {1, 3, 7, 32}) {
      assertThat(cut(runPages)).isEqualTo(whole);
    }
  }

  private static List<Finding> cut(int runPages) {
    List<Finding> findings = new ArrayList<>();
    for (int first = 0; first < 64; first += runPages) {
      int count = Math.min(runPages, 64 - first);
      List<MappingSpan> spans = new ArrayList<>();
      for (int page = 0; page < count; page++) {
        boolean begins = (first + page) % 5 == 0;
        spans.add(begins ? span(page, 1, region(first + page)) : span(page, 1));
      }
      PageRun run = run("B".repeat(count), spans.toArray(MappingSpan[]::new));
      run.setPhysicalAddress(START + Pages.address(first));
      findings.addAll(analyze(run));
    }
    return findings;
  }

  /** Records are as hostile as any memory: each field may have any value. */
  @Test
  void tenThousandRunsWithAnyAnomaliesAreBorne() {
    long seed = Long.getLong("pagestream.seed", System.nanoTime());
    System.out.printf("MappingAnomalyTest: -Dpagestream.seed=%d%n", seed);
    Random random = new Random(seed);
    long[] extremes = {0, 1, -1, 4096, START, Long.MAX_VALUE, Long.MIN_VALUE};
    String[] texts = {"", "kernel-wx", "\n\u001b[31m", "x".repeat(5000), "\ud800"};
    try (MappingAnomalyAnalyzer analyzer =
        new MappingAnomalyAnalyzer(AnalyzerOptions.none("mapping-anomaly"))) {
      for (int n = 0; n < Mutations.COPIES; n++) {
        MappingAnomaly anomaly = region(0);
        anomaly.setDefinition(texts[random.nextInt(texts.length)]);
        anomaly.setOwner(texts[random.nextInt(texts.length)]);
        anomaly.setDetail(texts[random.nextInt(texts.length)]);
        anomaly.setPhysicalAddress(extremes[random.nextInt(extremes.length)]);
        anomaly.setEntryAddress(START + random.nextInt(-5000, 300_000));
        anomaly.setPageCount(extremes[random.nextInt(extremes.length)]);
        anomaly.setVirtualAddress(random.nextLong());
        anomaly.setLeafPages(extremes[random.nextInt(extremes.length)]);
        anomaly.setConfidence(any(Confidence.values(), random));
        anomaly.setCacheType(any(CacheType.values(), random));
        int pages = random.nextInt(1, 65);
        Mappings mappings =
            new Mappings(START, pages, null, List.of(span(random.nextInt(pages), 1, anomaly)));
        analyzer.analyze(
            mappings,
            (kind, offset, length, value, encoding, attributes, confidence) -> {
              assertThat(mappings.mayHold(offset, length)).isTrue();
              assertThat(value).hasSizeLessThan(200).matches("[ -~]*");
              assertThat(attributes.values()).allMatch(text -> text.matches("[ -~]{0,80}"));
              assertThat(confidence).isNotEqualTo(Confidence.UNRATED);
            });
      }
    }
  }

  private static List<Finding> analyze(PageRun run) {
    AnalyzerSelection selection =
        AnalyzerSelection.of(AnalyzerCatalog.all(), Set.of("mapping-anomaly"), Map.of());
    try (AnalyzerLane lane = new AnalyzerLane(AnalyzerStage.Settings.of(selection))) {
      return lane.analyze(Runs.manifest(1), run).findings();
    }
  }

  private static Finding only(List<Finding> findings) {
    assertThat(findings).hasSize(1);
    return findings.getFirst();
  }

  private static PageRun run(String pages, MappingSpan... spans) {
    PageRun run = Runs.of(0, pages);
    run.setMappings(List.of(spans));
    return run;
  }

  private static MappingSpan span(int firstPage, int pages, MappingAnomaly... anomalies) {
    return MappingSpan.newBuilder()
        .setFirstPage(firstPage)
        .setPageCount(pages)
        .setEstablished(CacheType.WRITE_BACK)
        .setAnomalies(List.of(anomalies))
        .build();
  }

  private static MappingAnomaly region(int page) {
    return MappingAnomaly.newBuilder()
        .setDefinition("user-maps-kernel-text")
        .setConfidence(Confidence.HIGH)
        .setPhysicalAddress(START + Pages.address(page))
        .setPageCount(2)
        .setVirtualAddress(0x7f0000000000L + Pages.address(page))
        .setRoot(0x2000)
        .setOwner("evil (42)")
        .setEntry(0x5007)
        .setEntryAddress(0x3008)
        .setLeafPages(1)
        .setUser(true)
        .setWritable(true)
        .setCacheType(CacheType.WRITE_BACK)
        .setOtherVirtualAddress(0xffffffff81000000L)
        .setOtherRoot(0x1000)
        .build();
  }

  private static <T> T any(T[] values, Random random) {
    return Arrays.asList(values).get(random.nextInt(values.length));
  }
}
