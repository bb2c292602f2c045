package io.pagestream.schemas.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.avro.RunReceipt;
import io.pagestream.schemas.avro.Stage;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.page.PageBitmap;
import io.pagestream.schemas.topic.DeadLetter;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Dead letters of an image, and those that its receipts refer to. */
class LostRunsTest {
  private final CountedImage image = new CountedImage(42, 6, 2);
  private final ImageLedger ledger = new ImageLedger(CountedImage.ID);

  @Test
  void aLetterOfTheSameRunStageAndAnalyzerIsTakenOnce() {
    assertThat(ledger.deadLetter(rejected(Stage.MAPPER, 3))).isTrue();
    assertThat(ledger.deadLetter(rejected(Stage.MAPPER, 3))).isFalse();
    assertThat(ledger.deadLetter(rejected(Stage.ANALYZERS, 3))).isTrue();
    assertThat(ledger.deadLetter(rejected(Stage.MAPPER, 2))).isTrue();
    assertThat(ledger.deadLetter(failed("text", 3))).isTrue();
    assertThat(ledger.deadLetter(failed("aes-keys", 3))).isTrue();
    assertThat(ledger.deadLetters())
        .extracting(DeadLetter::runIndex, DeadLetter::stage, DeadLetter::analyzer)
        .containsExactly(
            tuple(2L, Stage.MAPPER, ""),
            tuple(3L, Stage.MAPPER, ""),
            tuple(3L, Stage.ANALYZERS, ""),
            tuple(3L, Stage.ANALYZERS, "aes-keys"),
            tuple(3L, Stage.ANALYZERS, "text"));
  }

  @Test
  void aLetterOfAnotherImageIsRefused() {
    DeadLetter other = rejected(Stage.MAPPER, 3).run("f".repeat(32), 3);
    assertThatThrownBy(() -> ledger.deadLetter(other))
        .hasMessageContaining("a record of image fff");
  }

  @Test
  void aLostRunIsADoubtAtItsPagesWhereTheseAreKnown() {
    PageRun run = Receipts.run(2);
    run.setImageId(CountedImage.ID);
    ledger.deadLetter(rejected(Stage.MAPPER, 2).run(run));
    ledger.deadLetter(rejected(Stage.ANALYZERS, 3));
    ledger.deadLetter(failed("text", 4));
    assertThat(ledger.doubts())
        .extracting(
            Doubt::getReason, Doubt::getPhysicalAddress, Doubt::getPageCount, Doubt::getMessage)
        .containsExactlyInAnyOrder(
            tuple("run-rejected", 2L << 18, 6L, "mapper rejected a run: broken"),
            tuple("run-rejected", 0L, 0L, "analyzers rejected run 3: broken"),
            tuple("analysis-failed", 0L, 0L, "text (time-out): slow"));
    assertThat(ledger.settledManifest()).isNull();
    ledger.manifest(image.manifest);
    assertThat(Objects.requireNonNull(ledger.settledManifest()).getDoubts()).isEmpty();
  }

  @Test
  void theFirstRunOfMemoryIsKnownByItsAddress() {
    PageRun run = Receipts.run(0);
    run.setImageId(CountedImage.ID);
    ledger.deadLetter(rejected(Stage.MAPPER, 0).run(run));
    assertThat(ledger.doubts())
        .extracting(Doubt::getPhysicalAddress, Doubt::getPageCount)
        .containsExactly(tuple(0L, 4L));
  }

  @Test
  void aFailureThatAReceiptCountsHasALetter() {
    deliver(Stage.ANALYZERS, receipt -> receipt.setFailures(Map.of("text:time-out", 2L)));
    assertThat(ledger.missingDeadLetters()).isEqualTo(2);
    ledger.deadLetter(failed("text", 0));
    ledger.deadLetter(rejected(Stage.MAPPER, 1));
    assertThat(ledger.missingDeadLetters()).isEqualTo(1);
    ledger.deadLetter(failed("text", 1));
    ledger.deadLetter(failed("aes-keys", 1));
    assertThat(ledger.missingDeadLetters()).as("more letters than receipts refer to").isZero();
  }

  @Test
  void aRunThatAReceiptNamesAsDeadHasALetterOfThatStage() {
    for (Stage stage : new Stage[] {Stage.MAPPER, Stage.ANALYZERS}) {
      deliver(stage, receipt -> PageBitmap.set(receipt.getDeadRuns(), 1));
    }
    assertThat(ledger.missingDeadLetters()).isEqualTo(2);
    ledger.deadLetter(rejected(Stage.MAPPER, 1));
    assertThat(ledger.missingDeadLetters()).isEqualTo(1);
    ledger.deadLetter(rejected(Stage.MAPPER, 0));
    ledger.deadLetter(failed("text", 1));
    assertThat(ledger.missingDeadLetters()).isEqualTo(1);
    ledger.deadLetter(rejected(Stage.ANALYZERS, 1));
    assertThat(ledger.missingDeadLetters()).isZero();
  }

  @Test
  void missingLettersOfAllKindsAreAddedUp() {
    deliver(Stage.MAPPER, receipt -> PageBitmap.set(receipt.getDeadRuns(), 1));
    deliver(
        Stage.ANALYZERS,
        receipt -> {
          PageBitmap.set(receipt.getDeadRuns(), 1);
          receipt.setFailures(Map.of("text:time-out", 2L));
        });
    assertThat(ledger.missingDeadLetters()).isEqualTo(4);
  }

  private void deliver(Stage stage, Consumer<RunReceipt> change) {
    ledger.manifest(image.manifest);
    RunReceipt first =
        image.receipts.stream()
            .filter(receipt -> receipt.getStage() == stage)
            .findFirst()
            .orElseThrow();
    change.accept(first);
    ledger.receipt(first);
  }

  private static DeadLetter rejected(Stage by, long run) {
    return DeadLetter.of(by, ErrorCode.RECORD_CORRUPT, "rejected", "broken", "t/0/1")
        .run(CountedImage.ID, run);
  }

  private static DeadLetter failed(String analyzer, long run) {
    return DeadLetter.of(Stage.ANALYZERS, ErrorCode.ANALYSIS_FAILED, "time-out", "slow", "t/0/1")
        .by(analyzer)
        .run(CountedImage.ID, run);
  }
}
