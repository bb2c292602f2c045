package io.pagestream.schemas.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.schemas.avro.CappedRange;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.PageCounts;
import io.pagestream.schemas.avro.RunReceipt;
import io.pagestream.schemas.avro.Stage;
import io.pagestream.schemas.page.PageBitmap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReceiptBookTest {
  private final ImageManifest manifest = Receipts.manifest(5, 2);
  private final ReceiptBook book = new ReceiptBook(Stage.MAPPER, new CrashingReceiptStore());

  @Test
  void a_receipt_comes_with_the_last_run_of_its_block() {
    assertThat(count(0)).isNull();
    RunReceipt receipt = Objects.requireNonNull(count(1));

    assertThat(receipt.getFirstRunIndex()).isEqualTo(0);
    assertThat(receipt.getLastRunIndex()).isEqualTo(1);
    assertThat(receipt.getRuns()).isEqualTo(2);
    assertThat(receipt.getPageCount()).isEqualTo(Receipts.pages(2));
  }

  @Test
  void the_last_block_is_as_short_as_the_image_leaves_it() {
    RunReceipt receipt = Objects.requireNonNull(count(4));

    assertThat(receipt.getBlock()).isEqualTo(2);
    assertThat(receipt.getLastRunIndex()).isEqualTo(4);
    assertThat(receipt.getRuns()).isEqualTo(1);
  }

  @Test
  void a_run_that_comes_again_gives_the_same_receipt_again() {
    count(0);
    RunReceipt first = count(1);

    assertThat(count(1)).isEqualTo(first);
    assertThat(count(0)).isEqualTo(first);
  }

  @Test
  void a_dead_letter_as_last_run_still_finishes_its_block() {
    count(2);
    RunReceipt receipt = Objects.requireNonNull(book.skip(manifest, 3));

    assertThat(receipt.getRuns()).isEqualTo(1);
    assertThat(receipt.getLastRunIndex()).isEqualTo(3);
    assertThat(PageBitmap.isSet(receipt.getDeadRuns(), 1)).isTrue();
    assertThat(PageBitmap.isSet(receipt.getCountedRuns(), 1)).isFalse();
  }

  @Test
  void a_sound_copy_after_a_dead_letter_is_counted() {
    book.skip(manifest, 0);
    book.skip(manifest, 1);
    RunReceipt receipt = Objects.requireNonNull(count(1));

    assertThat(receipt.getRuns()).isEqualTo(1);
    assertThat(PageBitmap.count(receipt.getDeadRuns())).isEqualTo(1);
    assertThat(book.skip(manifest, 1)).isEqualTo(receipt);
  }

  @Test
  void the_end_of_the_image_brings_the_blocks_that_lack_a_run() {
    count(0);
    count(2);
    count(3);

    assertThat(book.close("image"))
        .singleElement()
        .satisfies(r -> {
          assertThat(r.getBlock()).isEqualTo(0);
          assertThat(r.getRuns()).isEqualTo(1);
        });
  }

  @Test
  void every_count_of_a_run_is_added_to_the_receipt() {
    book.count(manifest, Receipts.run(0), outcome(1, 0x1000, true));
    RunReceipt receipt =
        Objects.requireNonNull(book.count(manifest, Receipts.run(1), outcome(2, 0x2000, false)));

    assertThat(receipt.getPageCount()).isEqualTo(Receipts.pages(2));
    assertThat(receipt.getPayloadBytes()).isEqualTo(3 * 4096);
    assertThat(receipt.getCounts()).isEqualTo(new PageCounts(3L, 6L, 9L, 12L, 15L, 18L));
    assertThat(receipt.getVerdictPages()).isEqualTo(Map.of("windows:1", 3L));
    assertThat(receipt.getRefusedPages()).isEqualTo(Map.of("mmio", 6L));
    assertThat(receipt.getFindings()).isEqualTo(Map.of("email", 9L));
    assertThat(receipt.getFailures()).isEqualTo(Map.of("text:time-out", 12L));
    assertThat(receipt.getNotAnalyzed()).isEqualTo(Map.of("failed", 15L));
    assertThat(receipt.getCappedFindings()).isEqualTo(Map.of("url", 18L));
    assertThat(receipt.getDecoded()).isEqualTo(Map.of("GZIP streams", 21L));
    assertThat(receipt.getCappedRanges()).containsExactly(new CappedRange(0x1000L, 2L, 3L));
    assertThat(PageBitmap.isSet(receipt.getFailedRuns(), 0)).isTrue();
    assertThat(PageBitmap.isSet(receipt.getFailedRuns(), 1)).isFalse();
  }

  private static RunOutcome outcome(long one, long address, boolean failed) {
    return new RunOutcome(
        one * 4096,
        new PageCounts(one, 2 * one, 3 * one, 4 * one, 5 * one, 6 * one),
        Map.of("windows:1", one),
        Map.of("mmio", 2 * one),
        Map.of("email", 3 * one),
        Map.of("text:time-out", 4 * one),
        Map.of("failed", 5 * one),
        failed,
        Map.of("url", 6 * one),
        List.of(new CappedRange(address, 1L, one)),
        Map.of("GZIP streams", 7 * one));
  }

  @Test
  void a_dead_letter_that_is_not_the_last_run_settles_nothing() {
    assertThat(book.skip(manifest, 2)).isNull();
  }

  @Test
  void a_bitmap_has_a_bit_for_each_run_of_the_block() {
    ImageManifest wide = Receipts.manifest(30, 9);
    for (long run = 9; run < 17; run++) {
      assertThat(book.count(wide, Receipts.run(run), Receipts.outcome(run))).isNull();
    }
    RunReceipt receipt =
        Objects.requireNonNull(book.count(wide, Receipts.run(17), Receipts.outcome(17)));
    assertThat(receipt.getCountedRuns().remaining()).isEqualTo(2);
    assertThat(receipt.getDeadRuns().remaining()).isEqualTo(2);
    assertThat(receipt.getFailedRuns().remaining()).isEqualTo(2);
    assertThat(PageBitmap.count(receipt.getCountedRuns())).isEqualTo(9);
  }

  @Test
  void receipts_of_another_plan_are_begun_again() {
    count(0);
    ImageManifest other = Receipts.manifest(5, 2);
    other.setPlanId("another");
    assertThat(book.count(other, Receipts.run(1), Receipts.outcome(1))).isNull();
    assertThat(book.close("image"))
        .singleElement()
        .satisfies(receipt -> {
          assertThat(receipt.getPlanId()).isEqualTo("another");
          assertThat(receipt.getRuns()).isEqualTo(1);
        });
  }

  private @Nullable RunReceipt count(long runIndex) {
    return book.count(manifest, Receipts.run(runIndex), Receipts.outcome(runIndex));
  }
}
