package io.pagestream.schemas.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.schemas.avro.PageCounts;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.avro.VerdictKind;
import io.pagestream.schemas.page.PageBitmap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each page of a judged run is counted in one class. */
class RunCountsTest {
  @Test
  void aPageIsCountedInTheFirstClassThatApplies() {
    PageCounts counts = RunCounts.of(run());
    assertThat(counts)
        .isEqualTo(
            PageCounts.newBuilder()
                .setExcluded(2)
                .setUnreadable(3)
                .setZero(4)
                .setMapped(5)
                .setOverridden(6)
                .setRefused(8)
                .build());
    assertThat(PageTotals.sum(counts)).isEqualTo(28);
  }

  @Test
  void pagesAreAddedUpByRowAndRefusedOnesByReason() {
    assertThat(RunCounts.byRow(run()))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("windows:1", 14L, "windows:5", 6L, "windows:7", 8L));
    assertThat(RunCounts.refusedByReason(run()))
        .containsExactlyInAnyOrderEntriesOf(Map.of("large-page", 7L, "mmio", 1L));
  }

  @Test
  void aPageThatNoAnalyzerSawHasTheFirstReasonThatApplies() {
    PageRun run = run();
    run.setWithheldPages(JudgedRuns.bitmap(0, 2, 5, 20, 21, 22));
    assertThat(RunCounts.notAnalyzed(run, false))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("excluded", 3L, "unreadable", 3L, "withheld", 3L));
    assertThat(RunCounts.notAnalyzed(run, true))
        .as("zero pages are known content")
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("excluded", 3L, "unreadable", 3L, "withheld", 3L, "failed", 14L));
  }

  @Test
  void oneBitmapIsEnoughForAPageToBeUnseen() {
    assertThat(RunCounts.notAnalyzed(plain(), false)).isEmpty();
    assertThat(RunCounts.notAnalyzed(plain(), true)).isEqualTo(Map.of("failed", 28L));
    PageRun excluded = plain();
    excluded.setExcludedPages(JudgedRuns.bitmap(3));
    assertThat(RunCounts.notAnalyzed(excluded, false)).isEqualTo(Map.of("excluded", 1L));
    PageRun unreadable = plain();
    unreadable.setUnreadablePages(JudgedRuns.bitmap(3));
    assertThat(RunCounts.notAnalyzed(unreadable, false)).isEqualTo(Map.of("unreadable", 1L));
    PageRun withheld = plain();
    withheld.setWithheldPages(JudgedRuns.bitmap(3));
    assertThat(RunCounts.notAnalyzed(withheld, false)).isEqualTo(Map.of("withheld", 1L));
  }

  /**
   * Pages 0 to 13 are mapped as requested, 14 to 19 with another type, 20 to 27 refused. Page 1 is
   * in three bitmaps and page 4 in two.
   */
  private static PageRun run() {
    PageRun run = plain();
    run.setExcludedPages(JudgedRuns.bitmap(0, 1, 27));
    run.setUnreadablePages(JudgedRuns.bitmap(1, 2, 3, 4));
    run.setZeroPages(JudgedRuns.bitmap(1, 4, 5, 6, 7, 8, 26));
    run.setVerdicts(
        List.of(
            JudgedRuns.span(0, 10, VerdictKind.MAPPED, 1, ""),
            JudgedRuns.span(10, 4, VerdictKind.MAPPED, 1, ""),
            JudgedRuns.span(14, 6, VerdictKind.OVERRIDDEN, 5, ""),
            JudgedRuns.span(20, 5, VerdictKind.REFUSED, 7, "large-page"),
            JudgedRuns.span(25, 2, VerdictKind.REFUSED, 7, "large-page"),
            JudgedRuns.span(27, 1, VerdictKind.REFUSED, 7, "mmio")));
    return run;
  }

  private static PageRun plain() {
    PageRun run = Receipts.run(0);
    run.setPageCount(28);
    run.setZeroPages(PageBitmap.empty());
    run.setWithheldPages(PageBitmap.empty());
    return run;
  }
}
