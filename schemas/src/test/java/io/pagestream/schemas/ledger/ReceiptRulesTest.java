package io.pagestream.schemas.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.schemas.avro.CappedRange;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.PageCounts;
import io.pagestream.schemas.avro.RunReceipt;
import io.pagestream.schemas.avro.Stage;
import io.pagestream.schemas.page.Pages;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The bounds of a receipt, each at its last valid and first invalid value. */
class ReceiptRulesTest {
  private static final long MOST_FINDINGS = 1L << 40;

  /** Ten runs of at most 64 pages in blocks of four; the last block has two. */
  private final ImageManifest manifest = Receipts.manifest(10, 4);

  @Test
  void theReceiptOfAWholeBlockIsValidAndSoIsThatOfAShortLastBlock() {
    assertThat(ReceiptRules.violation(manifest, receipt(0))).isNull();
    assertThat(ReceiptRules.violation(manifest, receipt(2))).isNull();
    assertThat(receipt(2).getLastRunIndex()).isEqualTo(9);
  }

  @Test
  void aBlockOutsideTheImageIsRejected() {
    assertThat(violation(receipt -> receipt.setBlock(-1))).contains("no such block");
    assertThat(violation(receipt -> receipt.setBlock(3))).contains("no such block");
  }

  @Test
  void theRunsAreThoseOfTheBlock() {
    assertThat(violation(receipt -> receipt.setFirstRunIndex(1)))
        .isEqualTo("it covers runs 1 to 3 where the block has 0 to 3");
    assertThat(violation(receipt -> receipt.setLastRunIndex(4)))
        .isEqualTo("it covers runs 0 to 4 where the block has 0 to 3");
    RunReceipt last = receipt(2);
    last.setLastRunIndex(11);
    assertThat(ReceiptRules.violation(manifest, last)).contains("the block has 8 to 9");
  }

  @Test
  void aReceiptCountsFromNoRunToAllOfTheBlock() {
    assertThat(violation(receipt -> setPages(receipt, 0, 0))).isNull();
    assertThat(violation(receipt -> receipt.setRuns(-1))).isEqualTo("it counts -1 runs of 4");
    assertThat(violation(receipt -> receipt.setRuns(5))).isEqualTo("it counts 5 runs of 4");
  }

  @Test
  void aRunHasOneTo64Pages() {
    assertThat(violation(receipt -> setPages(receipt, 4, 4))).isNull();
    assertThat(violation(receipt -> setPages(receipt, 4, 4 * 64))).isNull();
    assertThat(violation(receipt -> setPages(receipt, 4, 3)))
        .isEqualTo("it counts 3 pages in 4 runs");
    assertThat(violation(receipt -> setPages(receipt, 4, 4 * 64 + 1)))
        .isEqualTo("it counts 257 pages in 4 runs");
  }

  @Test
  void theBytesAreAtMostThoseOfThePages() {
    long pages = receipt(0).getPageCount();
    assertThat(violation(receipt -> receipt.setPayloadBytes(0))).isNull();
    assertThat(violation(receipt -> receipt.setPayloadBytes(pages * Pages.SIZE))).isNull();
    assertThat(violation(receipt -> receipt.setPayloadBytes(-1)))
        .isEqualTo("it counts -1 bytes in " + pages + " pages");
    assertThat(violation(receipt -> receipt.setPayloadBytes(pages * Pages.SIZE + 1)))
        .contains("bytes in " + pages + " pages");
  }

  @Test
  void everyClassOfPagesBelongsToTheSum() {
    List<BiConsumer<PageCounts, Long>> classes =
        List.of(
            PageCounts::setMapped,
            PageCounts::setOverridden,
            PageCounts::setRefused,
            PageCounts::setZero,
            PageCounts::setExcluded,
            PageCounts::setUnreadable);
    for (BiConsumer<PageCounts, Long> set : classes) {
      assertThat(violation(receipt -> setCounts(receipt, set, 0))).isNull();
      assertThat(violation(receipt -> setCounts(receipt, set, 1))).contains("do not add up");
      assertThat(violation(receipt -> setCounts(receipt, set, -1))).contains("do not add up");
    }
  }

  @Test
  void aNegativeClassIsRejectedThoughTheSumIsRight() {
    assertThat(
            violation(receipt -> {
              long pages = receipt.getPageCount();
              receipt.setCounts(new PageCounts(-1L, 0L, 0L, pages + 1, 0L, 0L));
            }))
        .contains("do not add up");
  }

  @Test
  void classesThatOverflowToTheRightSumAreRejected() {
    assertThat(
            violation(receipt -> {
              long most = Long.MAX_VALUE;
              long rest = receipt.getPageCount() + 2; // most + most + 2 is 0
              receipt.setCounts(new PageCounts(most, most, rest, 0L, 0L, 0L));
            }))
        .contains("do not add up");
  }

  @Test
  void noCountOfAMapIsNegative() {
    List<BiConsumer<RunReceipt, Map<String, Long>>> maps =
        List.of(
            RunReceipt::setVerdictPages,
            RunReceipt::setRefusedPages,
            RunReceipt::setFindings,
            RunReceipt::setFailures,
            RunReceipt::setNotAnalyzed,
            RunReceipt::setCappedFindings);
    for (BiConsumer<RunReceipt, Map<String, Long>> set : maps) {
      assertThat(violation(receipt -> set.accept(receipt, Map.of("a", 0L)))).isNull();
      assertThat(violation(receipt -> set.accept(receipt, Map.of("a", 1L, "b", -1L))))
          .isEqualTo("it has a negative count");
    }
  }

  @Test
  void thePagesThatNoAnalyzerSawAreAmongThePages() {
    long pages = receipt(0).getPageCount();
    assertThat(violation(receipt -> receipt.setNotAnalyzed(Map.of("failed", pages)))).isNull();
    assertThat(violation(receipt -> receipt.setNotAnalyzed(Map.of("failed", pages + 1))))
        .isEqualTo("it has %d pages not analyzed of %d".formatted(pages + 1, pages));
  }

  @Test
  void cappedRangesAreValidAtTheirBounds() {
    long pages = receipt(0).getPageCount();
    assertThat(capped(MOST_FINDINGS, new CappedRange(0L, pages, MOST_FINDINGS))).isNull();
    assertThat(capped(1, new CappedRange(Pages.ADDRESS_LIMIT - Pages.SIZE, 1L, 1L))).isNull();
    assertThat(capped(3, new CappedRange(0x1000L, 2L, 1L), new CappedRange(0x3000L, 1L, 2L)))
        .isNull();
  }

  @Test
  void cappedRangesBeyondTheirBoundsAreRejected() {
    long pages = receipt(0).getPageCount();
    List<CappedRange> invalid =
        List.of(
            new CappedRange(-0x1000L, 1L, 1L),
            new CappedRange(Pages.ADDRESS_LIMIT, 1L, 1L),
            new CappedRange(0L, 0L, 1L),
            new CappedRange(0L, pages + 1, 1L),
            new CappedRange(0L, 1L, 0L),
            new CappedRange(0L, 1L, MOST_FINDINGS + 1));
    for (CappedRange range : invalid) {
      assertThat(capped(range.getFindings(), range)).contains("out of order or out of bounds");
    }
    assertThat(capped(2, new CappedRange(0x1000L, 2L, 1L), new CappedRange(0x2000L, 1L, 1L)))
        .as("overlapping ranges")
        .contains("out of order");
  }

  @Test
  void cappedFindingsAreTheSameByKindAndByRange() {
    CappedRange[] ranges = {new CappedRange(0x1000L, 1L, 2L), new CappedRange(0x3000L, 1L, 3L)};
    assertThat(capped(5, ranges)).isNull();
    assertThat(capped(4, ranges))
        .isEqualTo("it counts capped findings otherwise by kind than by range");
  }

  private @Nullable String capped(long findings, CappedRange... ranges) {
    return violation(receipt -> {
      receipt.setCappedFindings(Map.of("email", findings));
      receipt.setCappedRanges(List.of(ranges));
    });
  }

  private @Nullable String violation(Consumer<RunReceipt> change) {
    RunReceipt receipt = receipt(0);
    change.accept(receipt);
    return ReceiptRules.violation(manifest, receipt);
  }

  /** Makes one class hold all pages and {@code more}. */
  private static void setCounts(RunReceipt receipt, BiConsumer<PageCounts, Long> set, long more) {
    PageCounts counts = new PageCounts();
    set.accept(counts, receipt.getPageCount() + more);
    receipt.setCounts(counts);
  }

  private static void setPages(RunReceipt receipt, int runs, long pages) {
    receipt.setRuns(runs);
    receipt.setPageCount(pages);
    receipt.setPayloadBytes(0);
    receipt.setCounts(PageCounts.newBuilder().setZero(pages).build());
    receipt.setVerdictPages(new HashMap<>());
  }

  private RunReceipt receipt(long block) {
    ReceiptBook book = new ReceiptBook(Stage.ANALYZERS, new HeldReceipts());
    long end = Math.min((block + 1) * 4, manifest.getRunCount());
    @Nullable RunReceipt last = null;
    for (long run = block * 4; run < end; run++) {
      last = book.count(manifest, Receipts.run(run), Receipts.outcome(run));
    }
    return Objects.requireNonNull(last);
  }
}
