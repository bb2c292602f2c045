package io.pagestream.schemas.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.pagestream.schemas.avro.CappedRange;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.ImageState;
import io.pagestream.schemas.avro.PageCounts;
import io.pagestream.schemas.avro.RunReceipt;
import io.pagestream.schemas.avro.Stage;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.page.PageBitmap;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ImageLedgerTest {
  private final CountedImage image = new CountedImage(42, 20, 4);
  private final ImageLedger ledger = new ImageLedger(CountedImage.ID);

  @Test
  void anEmptyLedgerSaysThatTheManifestIsMissing() {
    assertThat(ledger.proof().problems()).containsExactly("The image's manifest never arrived.");
    assertThat(ledger.isComplete(Stage.MAPPER)).isFalse();
  }

  @Test
  void theEquationNamesEveryClassAndTheRangeMap() {
    deliverAll();
    LedgerProof proof = ledger.proof();
    assertThat(proof.equation())
        .startsWith("mapped " + proof.mapped() + " + overridden ")
        .endsWith("= " + image.manifest.getRangeMapPages() + " = pages of the range map");
    assertThat(proof.absent()).isEqualTo(proof.absentWithoutBytes() + proof.unreadable());
  }

  @Test
  void whatTheCapLeftOutIsADoubtWithItsAddressRange() {
    RunReceipt receipt = analyzersReceipt();
    receipt.setCappedFindings(Map.of("email", 4L, "domain", 3L));
    receipt.setCappedRanges(
        List.of(new CappedRange(0x1000L, 1L, 3L), new CappedRange(0x3000L, 2L, 4L)));
    deliverAll();
    assertThat(ledger.proof().addsUp()).isTrue();
    assertThat(ledger.totals(Stage.ANALYZERS).cappedFindings())
        .containsExactly(Map.entry("domain", 3L), Map.entry("email", 4L));
    assertThat(ledger.doubts())
        .extracting(Doubt::getReason, Doubt::getPhysicalAddress, Doubt::getPageCount)
        .containsExactly(
            tuple("findings-capped", 0x1000L, 1L), tuple("findings-capped", 0x3000L, 2L));
  }

  @Test
  void aReceiptWhoseCappedFindingsContradictThemselvesIsRejected() {
    analyzersReceipt().setCappedFindings(Map.of("email", 4L));
    deliverAll();
    assertThat(ledger.rejectedReceipts()).isOne();
    assertThat(ledger.rejected()).singleElement().asString().contains("capped");
  }

  @Test
  void receiptsOfAnotherPlanOfTheSameImageDoNotCount() {
    image.manifest.setPlanId("plan of 64-page runs");
    image.receipts.forEach(receipt -> receipt.setPlanId("plan of 32-page runs"));
    deliverAll();
    assertThat(ledger.progress(Stage.MAPPER).runs()).isZero();
    assertThat(ledger.rejectedReceipts()).isZero();
    ImageManifest other =
        ImageManifest.newBuilder(image.manifest).setPlanId("plan of 32-page runs").build();
    ledger.manifest(other);
    assertThat(ledger.isComplete(Stage.MAPPER)).as("the first plan is still open").isFalse();
    assertThat(ledger.doubts()).extracting("reason").containsExactly("manifest-contradicts");

    ledger.manifest(ImageManifest.newBuilder(image.manifest).setState(ImageState.FAILED).build());
    assertThat(ledger.manifest(other)).as("streamed again").isTrue();
    assertThat(ledger.isComplete(Stage.MAPPER)).isTrue();
  }

  private RunReceipt analyzersReceipt() {
    return image.receipts.stream()
        .filter(receipt -> receipt.getStage() == Stage.ANALYZERS)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void anImageThatIsStillReadDoesNotAddUpYet() {
    ledger.manifest(image.manifest);
    image.receipts.forEach(ledger::receipt);
    assertThat(ledger.proof().problems())
        .containsExactly("The image has not been read completely.");
  }

  @Test
  void aClosedManifestIsEnoughAndIsNotReopenedByAnOlderOne() {
    ledger.manifest(closedManifest());
    assertThat(ledger.manifest(image.manifest)).isFalse();
    image.receipts.forEach(ledger::receipt);
    assertThat(ledger.isEnded()).isTrue();
    assertThat(ledger.proof().addsUp()).isTrue();
    assertThat(ledger.proof().notes()).isEmpty();
  }

  @Test
  void withoutTheProducersCountsTheProofSaysThatTheyWereNotCompared() {
    ledger.manifest(ImageManifest.newBuilder(image.manifest).setState(ImageState.CLOSED).build());
    image.receipts.forEach(ledger::receipt);
    assertThat(ledger.proof().addsUp()).isTrue();
    assertThat(ledger.proof().notes()).singleElement().asString().contains("not compared");
  }

  @Test
  void aRunThatBecameADeadLetterLeavesTheStageIncompleteThoughNoReceiptIsMissing() {
    RunReceipt receipt = image.receipts.getFirst();
    receipt.setRuns(receipt.getRuns() - 1);
    deliverAll();
    assertThat(ledger.hasAllReceipts(Stage.MAPPER)).isTrue();
    assertThat(ledger.isComplete(Stage.MAPPER)).isFalse();
    assertThat(ledger.proof().problems())
        .anyMatch(
            s -> s.contains("fewer runs") && s.contains("block 0") && s.contains("dead letters"));
  }

  @Test
  void aBlockOfWhichNoRunReachesTheAnalyzersIsNotWaitedFor() {
    ledger.manifest(image.manifest);
    for (RunReceipt receipt : image.receipts) {
      if (receipt.getBlock() == 1 && receipt.getStage() == Stage.ANALYZERS) {
        continue;
      }
      ledger.receipt(receipt.getBlock() == 1 ? withoutRuns(receipt) : receipt);
    }
    assertThat(ledger.hasAllReceipts(Stage.ANALYZERS)).isTrue();
    assertThat(ledger.isComplete(Stage.ANALYZERS)).isFalse();
    assertThat(ledger.proof().addsUp()).isFalse();
  }

  @Test
  void stagesThatCountDifferentlyAreNamedWithBothFigures() {
    RunReceipt receipt = image.receipts.getLast();
    PageCounts counts = receipt.getCounts();
    counts.setZero(counts.getZero() + counts.getMapped());
    counts.setMapped(0);
    deliverAll();
    assertThat(ledger.proof().problems())
        .anyMatch(s -> s.matches("The mapper counted \\d+ zero pages, the analyzers \\d+\\."));
  }

  @Test
  void aMapperThatInventsZeroPagesIsHeldAgainstTheProducer() {
    for (RunReceipt receipt : image.receipts) {
      PageCounts counts = receipt.getCounts();
      counts.setZero(counts.getZero() + counts.getMapped());
      counts.setMapped(0);
    }
    deliverAll();
    assertThat(ledger.proof().problems())
        .anyMatch(
            s -> s.matches("The mapper counted \\d+ pages zero, the producer read only \\d+\\."));
  }

  @Test
  void aReceiptThatCannotBeTrueIsNotCounted() {
    RunReceipt wild = RunReceipt.newBuilder(image.receipts.getFirst()).setBlock(99).build();
    RunReceipt huge =
        RunReceipt.newBuilder(image.receipts.getFirst()).setPageCount(Long.MAX_VALUE).build();
    ledger.manifest(image.manifest);
    assertThat(ledger.receipt(wild)).isFalse();
    assertThat(ledger.receipt(huge)).isFalse();
    assertThat(ledger.progress(Stage.MAPPER)).isEqualTo(StageProgress.NONE);
    assertThat(ledger.proof().problems()).anyMatch(s -> s.contains("cannot be true"));
  }

  @Test
  void aReceiptThatContradictsAnEarlierOneIsADoubtAndTheFirstHolds() {
    deliverAll();
    RunReceipt again = RunReceipt.newBuilder(image.receipts.getLast()).build();
    again.getFailures().put("text:time-out", 1L);
    assertThat(ledger.receipt(again)).isTrue();
    assertThat(ledger.totals(Stage.ANALYZERS).failures()).isEmpty();
    assertThat(ledger.proof().addsUp()).isTrue();
    assertThat(ledger.doubts()).extracting("reason").containsExactly("receipt-contradicts");
  }

  @Test
  void aReceiptThatCountsMoreRunsReplacesTheOldOneAndIsNoted() {
    RunReceipt whole = image.receipts.getLast();
    RunReceipt first = RunReceipt.newBuilder(whole).build();
    first.setRuns(whole.getRuns() - 1);
    first.setCountedRuns(PageBitmap.allocate(whole.getRuns()));
    ledger.manifest(image.manifest);
    first.setPageCount(whole.getPageCount() - 1);
    first.getCounts().setMapped(first.getCounts().getMapped() - 1);
    first.setPayloadBytes(0);
    assertThat(ledger.receipt(first)).isTrue();
    deliverAll();
    assertThat(ledger.proof().addsUp()).as(ledger.proof().toString()).isTrue();
    assertThat(ledger.proof().notes()).anyMatch(s -> s.contains("wrote 1 receipts again"));
    assertThat(ledger.doubts()).isEmpty();
  }

  @Test
  void anImpossibleManifestIsRefused() {
    ImageManifest wild = ImageManifest.newBuilder(image.manifest).setRunsPerBlock(0).build();
    assertThatThrownBy(() -> ledger.manifest(wild))
        .isInstanceOf(PagestreamException.class)
        .hasMessageContaining("PS-210")
        .hasMessageContaining("runs of a block 0");
  }

  @Test
  void aFailedImageNeverAddsUp() {
    deliverAll();
    ledger.manifest(ImageManifest.newBuilder(image.manifest).setState(ImageState.FAILED).build());
    assertThat(ledger.isFailed()).isTrue();
    assertThat(ledger.proof().problems()).anyMatch(s -> s.contains("stopped early"));
  }

  /** The receipt of a block whose runs all became dead letters. */
  private static RunReceipt withoutRuns(RunReceipt receipt) {
    int runs = (int) (receipt.getLastRunIndex() - receipt.getFirstRunIndex()) + 1;
    ByteBuffer all = PageBitmap.allocate(runs);
    for (int run = 0; run < runs; run++) {
      PageBitmap.set(all, run);
    }
    return RunReceipt.newBuilder(receipt)
        .setRuns(0)
        .setCountedRuns(PageBitmap.allocate(runs))
        .setDeadRuns(all)
        .setPageCount(0)
        .setPayloadBytes(0)
        .setCounts(PageCounts.newBuilder().build())
        .setVerdictPages(Map.of())
        .setRefusedPages(Map.of())
        .build();
  }

  private void deliverAll() {
    ledger.manifest(image.manifest);
    ledger.closed(image.closed);
    image.receipts.forEach(ledger::receipt);
  }

  private ImageManifest closedManifest() {
    return ImageManifest.newBuilder(image.manifest)
        .setState(ImageState.CLOSED)
        .setReadCounts(image.closed.getReadCounts())
        .build();
  }
}
