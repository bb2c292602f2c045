package io.pagestream.analyzers.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.analyzers.alias.CacheAliasAnalyzer;
import io.pagestream.analyzers.api.AnalyzerOptions;
import io.pagestream.analyzers.api.FindingKind;
import io.pagestream.analyzers.api.Mappings;
import io.pagestream.analyzers.api.View;
import io.pagestream.analyzers.catalog.AnalyzerCatalog;
import io.pagestream.analyzers.contract.Mutations;
import io.pagestream.schemas.avro.CacheAlias;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.Confidence;
import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.avro.MappingSpan;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.avro.VerdictKind;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Conflicting aliases are found once, for any verdict of the page and any division into runs. */
class CacheAliasTest {
  private static final long KERNEL = 0xffff888000100000L;
  private static final long USER = 0x7f0000000000L;

  @Test
  void a_region_is_one_finding_at_its_first_page_with_both_mappings() {
    PageRun run = run("BBzR", null, plain(0, 1), span(1, 2, alias(1, 3)), span(3, 1, alias(3, 3)));

    Finding finding = only(analyze(run));

    assertThat(finding.getKind()).isEqualTo("cache-alias");
    assertThat(finding.getAnalyzer()).isEqualTo("cache-alias");
    assertThat(finding.getValue())
        .isEqualTo("0xffff888000101000 write-back / 0x7f0000001000 uncached");
    assertThat(finding.getLocation().getAddress()).isEqualTo(Pages.address(Runs.FIRST_FRAME + 1));
    assertThat(finding.getLength()).isEqualTo(3 * Pages.SIZE);
    assertThat(finding.getVerdict()).isEqualTo(VerdictKind.MAPPED);
    assertThat(finding.getConfidence()).isEqualTo(Confidence.HIGH);
    assertThat(finding.getCacheType()).isEqualTo(CacheType.WRITE_BACK);
    assertThat(finding.getFindingId()).matches("[0-9a-f]{32}");
    assertThat(finding.getAttributes())
        .isEqualTo(
            Map.of(
                "first-virtual-address", "0xffff888000101000",
                "first-type", "write-back",
                "first-root", "0x1000",
                "second-virtual-address", "0x7f0000001000",
                "second-type", "uncached",
                "second-root", "0x2000",
                "roots", "named",
                "pages", "3"));
  }

  /** Forged roots can create aliases too: the finding reports this and has a lower confidence. */
  @Test
  void an_alias_of_a_root_that_was_found_by_its_shape_has_low_confidence_and_says_so() {
    CacheAlias forged = alias(0, 1);
    forged.setSecondRootByShape(true);

    Finding finding = only(analyze(run("B", null, span(0, 1, forged))));

    assertThat(finding.getConfidence()).isEqualTo(Confidence.LOW);
    assertThat(finding.getAttributes()).containsEntry("roots", "found-by-shape");
  }

  @Test
  void pages_that_carry_no_bytes_are_looked_at_too() {
    for (String page : List.of("R", "x", "u", "z")) {
      PageRun run = run(page, null, span(0, 1, alias(0, 0)));

      Finding finding = only(analyze(run));

      assertThat(finding.getVerdict() == VerdictKind.REFUSED).isEqualTo(page.equals("R"));
      assertThat(finding.getLength()).isEqualTo(Pages.SIZE);
      assertThat(finding.getAttributes()).doesNotContainKey("pages");
    }
  }

  @Test
  void a_region_ends_where_an_address_a_type_or_a_root_is_another() {
    CacheAlias otherFirst = alias(1, 0);
    otherFirst.setFirstVirtualAddress(KERNEL);
    CacheAlias otherSecond = alias(1, 0);
    otherSecond.setSecondVirtualAddress(USER);
    CacheAlias otherFirstType = alias(1, 0);
    otherFirstType.setFirstType(CacheType.WRITE_COMBINING);
    CacheAlias otherSecondType = alias(1, 0);
    otherSecondType.setSecondType(CacheType.WRITE_COMBINING);
    CacheAlias otherFirstRoot = alias(1, 0);
    otherFirstRoot.setFirstRoot(0);
    CacheAlias otherSecondRoot = alias(1, 0);
    otherSecondRoot.setSecondRoot(0);

    for (CacheAlias other :
        List.of(
            otherFirst,
            otherSecond,
            otherFirstType,
            otherSecondType,
            otherFirstRoot,
            otherSecondRoot)) {
      assertThat(analyze(run("BB", null, span(0, 1, alias(0, 0)), span(1, 1, other))))
          .as("%s", other)
          .hasSize(2);
    }
    assertThat(analyze(run("BB", null, span(0, 1, alias(0, 0)), span(1, 1, alias(1, 0)))))
        .hasSize(1);
  }

  @Test
  void a_region_that_started_before_the_run_is_not_reported_again() {
    MappingSpan first = span(0, 1, alias(1, 0));

    assertThat(analyze(run("B", span(-1, 1, alias(0, 0)), first))).isEmpty();
    assertThat(analyze(run("B", plain(-1, 1), first))).hasSize(1);
    assertThat(analyze(run("B", null, first))).hasSize(1);
  }

  @Test
  void a_run_without_page_tables_or_an_analyzer_that_was_not_chosen_finds_nothing() {
    assertThat(analyze(Runs.of(0, "B"))).isEmpty();
    PageRun run = run("B", null, span(0, 1, alias(0, 0)));
    for (Set<String> names : List.of(Set.of("text"), Set.of("aes-keys", "files"))) {
      assertThat(analyze(run, names)).isEmpty();
    }
    assertThat(analyze(run, Set.of())).hasSize(1);
    assertThat(AnalyzerCatalog.all())
        .filteredOn(line -> line.info().view() == View.Kind.MAPPINGS)
        .flatExtracting(line -> line.info().kinds())
        .containsExactly(FindingKind.proven("cache-alias"), FindingKind.proven("mapping-anomaly"));
  }

  /** Regions of random length, cut into runs of any size: the set of findings is the same. */
  @Property(tries = 100)
  void findings_do_not_depend_on_how_memory_is_cut_into_runs(@ForAll long seed) {
    Random random = new Random(seed);
    List<@Nullable CacheAlias> pages = new ArrayList<>();
    while (pages.size() < 60) {
      int length = 1 + random.nextInt(12);
      boolean aliased = random.nextBoolean();
      long shift = Pages.address(random.nextInt(3) * 1000L);
      for (int i = 0; i < length; i++) {
        CacheAlias alias = alias(pages.size(), 0);
        alias.setFirstVirtualAddress(alias.getFirstVirtualAddress() + shift);
        pages.add(aliased ? alias : null);
      }
    }
    List<Finding> whole = cut(pages, pages.size());

    assertThat(whole).doesNotHaveDuplicates();
    for (int runPages : new int[] {1, 3, 7, 64}) {
      assertThat(cut(pages, runPages)).isEqualTo(whole);
    }
  }

  private static List<Finding> cut(List<@Nullable CacheAlias> pages, int runPages) {
    List<Finding> findings = new ArrayList<>();
    for (int first = 0; first < pages.size(); first += runPages) {
      int count = Math.min(runPages, pages.size() - first);
      List<MappingSpan> spans = new ArrayList<>();
      for (int page = 0; page < count; page++) {
        spans.add(span(page, 1, pages.get(first + page)));
      }
      PageRun run =
          run(
              "B".repeat(count),
              first == 0 ? null : span(-1, 1, pages.get(first - 1)),
              spans.toArray(MappingSpan[]::new));
      run.setPhysicalAddress(Pages.address(Runs.FIRST_FRAME + first));
      findings.addAll(analyze(run));
    }
    return findings;
  }

  private static List<Finding> analyze(PageRun run) {
    return analyze(run, Set.of("cache-alias"));
  }

  private static List<Finding> analyze(PageRun run, Set<String> names) {
    AnalyzerSelection selection = AnalyzerSelection.of(AnalyzerCatalog.all(), names, Map.of());
    try (AnalyzerLane lane = new AnalyzerLane(AnalyzerStage.Settings.of(selection))) {
      return lane.analyze(Runs.manifest(1), run).findings().stream()
          .filter(finding -> finding.getKind().equals("cache-alias"))
          .toList();
    }
  }

  private static Finding only(List<Finding> findings) {
    assertThat(findings).hasSize(1);
    return findings.getFirst();
  }

  private static PageRun run(String pages, @Nullable MappingSpan before, MappingSpan... spans) {
    PageRun run = Runs.of(0, pages);
    run.setMappings(List.of(spans));
    run.setMappingBefore(before);
    return run;
  }

  private static MappingSpan plain(int firstPage, int pages) {
    return span(firstPage, pages, null);
  }

  private static MappingSpan span(int firstPage, int pages, @Nullable CacheAlias alias) {
    return MappingSpan.newBuilder()
        .setFirstPage(firstPage)
        .setPageCount(pages)
        .setEstablished(CacheType.WRITE_BACK)
        .setAlias(alias)
        .build();
  }

  private static CacheAlias alias(int page, long regionPages) {
    return CacheAlias.newBuilder()
        .setFirstVirtualAddress(KERNEL + Pages.address(page))
        .setFirstType(CacheType.WRITE_BACK)
        .setFirstRoot(0x1000)
        .setSecondVirtualAddress(USER + Pages.address(page))
        .setSecondType(CacheType.UNCACHED)
        .setSecondRoot(0x2000)
        .setRegionPages(regionPages)
        .build();
  }

  /** Page tables are as hostile as any memory: every field of every alias may have any value. */
  @Test
  void ten_thousand_runs_with_any_aliases_are_borne() {
    long seed = Long.getLong("pagestream.seed", System.nanoTime());
    System.out.printf("CacheAliasTest: -Dpagestream.seed=%d%n", seed);
    Random random = new Random(seed);
    long[] extremes = {0, 1, -1, 4096, Long.MAX_VALUE, Long.MIN_VALUE, KERNEL, USER};
    CacheType[] types = CacheType.values();
    try (CacheAliasAnalyzer analyzer =
        new CacheAliasAnalyzer(AnalyzerOptions.none("cache-alias"))) {
      for (int n = 0; n < Mutations.COPIES; n++) {
        CacheAlias alias = alias(0, 1);
        alias.setFirstVirtualAddress(extremes[random.nextInt(extremes.length)]);
        alias.setSecondVirtualAddress(random.nextLong());
        alias.setFirstType(types[random.nextInt(types.length)]);
        alias.setSecondType(types[random.nextInt(types.length)]);
        alias.setFirstRoot(random.nextLong());
        alias.setRegionPages(extremes[random.nextInt(extremes.length)]);
        alias.setSecondRootByShape(random.nextBoolean());
        int pages = random.nextInt(1, 65);
        Mappings mappings =
            new Mappings(
                Pages.address(Runs.FIRST_FRAME),
                pages,
                random.nextBoolean() ? span(0, random.nextInt(), alias(0, 1)) : null,
                List.of(span(0, 1, alias), span(random.nextInt(pages), 1, alias)));
        analyzer.analyze(
            mappings,
            (kind, offset, length, value, encoding, attributes, confidence) ->
                assertThat(mappings.mayHold(offset, length)).isTrue());
      }
    }
  }
}
