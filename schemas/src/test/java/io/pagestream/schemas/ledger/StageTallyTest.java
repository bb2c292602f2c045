package io.pagestream.schemas.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.schemas.avro.CappedRange;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.PageCounts;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.avro.RunReceipt;
import io.pagestream.schemas.avro.Stage;
import io.pagestream.schemas.page.BlockLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Receipts of one stage: which replaces which, and what they add up to. */
class StageTallyTest {
  /** Four blocks of three runs, the last of one. */
  private final ImageManifest manifest = Receipts.manifest(10, 3);

  private final StageTally tally = new StageTally();

  @Test
  void theSameReceiptAgainChangesNothing() {
    assertThat(tally.add(receipt(0, 1, 2))).isTrue();
    assertThat(tally.add(receipt(0, 1, 2))).isFalse();
    assertThat(tally.blocks()).isEqualTo(1);
    assertThat(tally.rewritten()).isZero();
    assertThat(tally.contradictions()).isZero();
    assertThat(tally.progress()).isEqualTo(progress(0, 1, 2));
  }

  @Test
  void aReceiptOfAllEarlierRunsAndOneMoreReplacesTheEarlierOne() {
    tally.add(receipt(0, 2));
    assertThat(tally.add(receipt(0, 1, 2))).isTrue();
    assertThat(tally.rewritten()).isEqualTo(1);
    assertThat(tally.contradictions()).isZero();
    assertThat(tally.progress()).isEqualTo(progress(0, 1, 2));
  }

  @Test
  void aReceiptThatLacksAnEarlierRunContradictsIt() {
    tally.add(receipt(0));
    assertThat(tally.add(receipt(1, 2))).isTrue();
    assertThat(tally.contradictions()).isEqualTo(1);
    tally.add(receipt(5));
    tally.add(receipt(3, 4));
    assertThat(tally.contradictions()).as("the last run of the second block").isEqualTo(2);
    assertThat(tally.rewritten()).isZero();
    assertThat(tally.progress()).isEqualTo(progress(0, 5));
  }

  @Test
  void aReceiptOfNoMoreRunsContradictsTheEarlierOne() {
    tally.add(receipt(0, 1));
    tally.add(receipt(0, 2));
    tally.add(receipt(0));
    RunReceipt other = receipt(0, 1);
    other.setFindings(Map.of("url", 1L));
    tally.add(other);
    assertThat(tally.contradictions()).isEqualTo(3);
    assertThat(tally.progress()).isEqualTo(progress(0, 1));
  }

  @Test
  void blocksWithoutAnyCountedRunAreEmptyUntilOneComes() {
    assertThat(tally.emptyBlocks()).isZero();
    tally.add(dead(3, 4, 5));
    tally.add(dead(6, 7, 8));
    tally.add(receipt(0, 1));
    assertThat(tally.emptyBlocks()).isEqualTo(2);
    assertThat(tally.deadRuns()).isEqualTo(6);
    tally.add(receipt(4));
    assertThat(tally.emptyBlocks()).isEqualTo(1);
    assertThat(tally.deadRuns()).isEqualTo(3);
  }

  @Test
  void aRunIsFinishedOnceCountedUnlessEveryAnalyzerFailedOnIt() {
    BlockLayout layout = new BlockLayout(3);
    List<RunReceipt> last = new ArrayList<>();
    HeldReceipts held = new HeldReceipts();
    ReceiptBook book = new ReceiptBook(Stage.ANALYZERS, held);
    book.count(manifest, Receipts.run(3), Receipts.outcome(3));
    book.count(manifest, Receipts.run(4), failed());
    held.forEach("image", last::add);
    tally.add(last.getFirst());
    assertThat(tally.isFinished(layout, 3)).isTrue();
    assertThat(tally.isFinished(layout, 4)).as("every analyzer failed").isFalse();
    assertThat(tally.isFinished(layout, 5)).as("not counted").isFalse();
    assertThat(tally.isFinished(layout, 0)).as("no receipt").isFalse();

    ImageLedger ledger = new ImageLedger("image");
    assertThat(ledger.isAnalyzed(3)).as("no manifest").isFalse();
    ledger.manifest(manifest);
    assertThat(ledger.isAnalyzed(3)).isFalse();
    ledger.receipt(last.getFirst());
    assertThat(ledger.isAnalyzed(3)).isTrue();
    assertThat(ledger.isAnalyzed(4)).isFalse();
  }

  @Test
  void missingBlocksAreListedInOrderUpToABound() {
    tally.add(receipt(3));
    assertThat(tally.missingBlocks(4, 5)).containsExactly(0L, 2L, 3L);
    assertThat(tally.missingBlocks(4, 3)).containsExactly(0L, 2L, 3L);
    assertThat(tally.missingBlocks(4, 2)).containsExactly(0L, 2L);
    assertThat(tally.missingBlocks(2, 5)).containsExactly(0L);
  }

  @Test
  void shortBlocksAreListedInOrderUpToABound() {
    BlockLayout layout = new BlockLayout(3);
    tally.add(receipt(9));
    tally.add(receipt(6, 7));
    tally.add(receipt(3, 4, 5));
    tally.add(receipt(0));
    assertThat(tally.shortBlocks(layout, 10, 5)).containsExactly(0L, 2L);
    assertThat(tally.shortBlocks(layout, 10, 1)).containsExactly(0L);
    assertThat(tally.shortBlocks(layout, 11, 5)).containsExactly(0L, 2L, 3L);
  }

  @Test
  void everyCountOfEveryReceiptIsInTheTotals() {
    StageTotals totals = StageTotals.of(List.of(full(1, 0x3000), full(2, 0x1000), full(4, 0x9000)));
    assertThat(totals.runs()).isEqualTo(7);
    assertThat(totals.pages()).isEqualTo(14);
    assertThat(totals.payloadBytes()).isEqualTo(21);
    assertThat(totals.counts()).isEqualTo(new PageCounts(28L, 35L, 42L, 49L, 56L, 63L));
    assertThat(totals.verdictPages()).isEqualTo(Map.of("a", 70L));
    assertThat(totals.refusedPages()).isEqualTo(Map.of("a", 77L));
    assertThat(totals.findings()).isEqualTo(Map.of("a", 84L));
    assertThat(totals.failures()).isEqualTo(Map.of("a", 91L));
    assertThat(totals.notAnalyzed()).isEqualTo(Map.of("a", 98L));
    assertThat(totals.cappedFindings()).isEqualTo(Map.of("a", 105L));
    assertThat(totals.decoded()).isEqualTo(Map.of("a", 112L));
    assertThat(totals.cappedRanges())
        .containsExactly(new CappedRange(0x1000L, 3L, 3L), new CappedRange(0x9000L, 4L, 4L));
  }

  /** A receipt whose counts are multiples of {@code n}, each another one. */
  private RunReceipt full(int n, long address) {
    return RunReceipt.newBuilder(receipt(0))
        .setRuns(n)
        .setPageCount(2L * n)
        .setPayloadBytes(3L * n)
        .setCounts(new PageCounts(4L * n, 5L * n, 6L * n, 7L * n, 8L * n, 9L * n))
        .setVerdictPages(Map.of("a", 10L * n))
        .setRefusedPages(Map.of("a", 11L * n))
        .setFindings(Map.of("a", 12L * n))
        .setFailures(Map.of("a", 13L * n))
        .setNotAnalyzed(Map.of("a", 14L * n))
        .setCappedFindings(Map.of("a", 15L * n))
        .setDecoded(Map.of("a", 16L * n))
        .setCappedRanges(List.of(new CappedRange(address, (long) n, (long) n)))
        .build();
  }

  private static StageProgress progress(long... runs) {
    long pages = 0;
    long bytes = 0;
    long findings = 0;
    for (long run : runs) {
      PageRun read = Receipts.run(run);
      pages += read.getPageCount();
      bytes += Receipts.outcome(run).payloadBytes();
      findings += run;
    }
    return new StageProgress(runs.length, pages, bytes, findings);
  }

  private static RunOutcome failed() {
    RunOutcome sound = Receipts.outcome(4);
    return new RunOutcome(
        sound.payloadBytes(),
        sound.counts(),
        sound.verdictPages(),
        Map.of(),
        Map.of(),
        Map.of("text:time-out", 1L),
        Map.of("failed", 8L),
        true,
        Map.of(),
        List.of(),
        Map.of());
  }

  /** The receipt after some runs of one block. */
  private RunReceipt receipt(long... runs) {
    HeldReceipts held = new HeldReceipts();
    ReceiptBook book = new ReceiptBook(Stage.MAPPER, held);
    for (long run : runs) {
      book.count(manifest, Receipts.run(run), Receipts.outcome(run));
    }
    return only(held);
  }

  /** The receipt of a block of which some runs became dead letters. */
  private RunReceipt dead(long... runs) {
    HeldReceipts held = new HeldReceipts();
    ReceiptBook book = new ReceiptBook(Stage.MAPPER, held);
    for (long run : runs) {
      book.skip(manifest, run);
    }
    return only(held);
  }

  private static RunReceipt only(HeldReceipts held) {
    List<RunReceipt> receipts = new ArrayList<>();
    held.forEach("image", receipts::add);
    return receipts.getFirst();
  }
}
