package io.pagestream.schemas.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.RunReceipt;
import io.pagestream.schemas.avro.Stage;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The receipt for findings that the producer publishes itself, in an image of ten runs. */
class ProducerReceiptTest {
  private final CountedImage image = new CountedImage(1, 10, 4);
  private final ImageManifest manifest =
      ImageManifest.newBuilder(image.manifest).setKernelFindings(true).build();
  private final RunReceipt receipt =
      ReceiptBook.ofFindings(manifest, Map.of("process", 66L, "socket", 3L));

  private ImageLedger ledger(ImageManifest first) {
    ImageLedger ledger = new ImageLedger(CountedImage.ID);
    ledger.manifest(first);
    ledger.closed(image.closed);
    image.receipts.forEach(ledger::receipt);
    return ledger;
  }

  @Test
  void anImageIsIncompleteWithoutTheAnnouncedReceipt() {
    ImageLedger ledger = ledger(manifest);
    assertThat(ledger.hasAllReceipts()).isFalse();
    assertThat(ledger.proof().problems())
        .containsExactly("The receipt of the producer for the kernel's records is missing.");
    ledger.receipt(receipt);
    assertThat(ledger.hasAllReceipts()).isTrue();
    assertThat(ledger.proof().problems()).isEmpty();
  }

  @Test
  void itAddsToTheFindingsAndToNothingElse() {
    ImageLedger ledger = ledger(manifest);
    long analyzed = ledger.findingCount();
    LedgerProof before = ledger.proof();
    ledger.receipt(receipt);
    ledger.receipt(RunReceipt.newBuilder(receipt).build()); // a producer that resumes
    assertThat(ledger.findingCount()).isEqualTo(analyzed + 69);
    assertThat(ledger.findings()).containsEntry("process", 66L).containsEntry("socket", 3L);
    assertThat(ledger.totals(Stage.ANALYZERS).findings()).doesNotContainKey("process");
    assertThat(ledger.proof().equation()).isEqualTo(before.equation());
    assertThat(ledger.doubts()).isEmpty();
  }

  @Test
  void anUnannouncedOneIsRejected() {
    ImageLedger ledger = ledger(image.manifest);
    assertThat(ledger.hasAllReceipts()).isTrue();
    ledger.receipt(receipt);
    assertThat(ledger.rejectedReceipts()).isEqualTo(1);
    assertThat(ledger.findings()).doesNotContainKey("process");
  }

  @Test
  void itHasBlock0AndNoRun() {
    assertThat(ReceiptRules.violation(manifest, receipt)).isNull();
    assertThat(ReceiptRules.violation(image.manifest, receipt)).contains("announce");
    RunReceipt other = RunReceipt.newBuilder(receipt).setBlock(2).build();
    other.setFirstRunIndex(8);
    other.setLastRunIndex(9);
    assertThat(ReceiptRules.violation(manifest, other)).contains("announce");
    RunReceipt counting = RunReceipt.newBuilder(receipt).setRuns(1).setPageCount(1).build();
    assertThat(ReceiptRules.violation(manifest, counting)).contains("announce");
  }

  @Test
  void itIsKeptWhenRunsAreRetried() {
    ImageLedger ledger = ledger(manifest);
    ledger.receipt(receipt);
    ImageLedger after = new RetriedImage(ledger).ledger();
    assertThat(after.receipts()).isEqualTo(ledger.receipts());
    assertThat(after.findings()).isEqualTo(ledger.findings());
  }
}
