package io.pagestream.schemas.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagestream.schemas.avro.CappedRange;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.avro.RunReceipt;
import io.pagestream.schemas.avro.Stage;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.topic.DeadLetter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Four runs in blocks of two. All analyzers failed on run 1; run 2 was rejected by the mapper and
 * so never reached the analyzers.
 */
class RetriedImageTest {
  private static final long PAGES_OF_RUN_1 = 5;

  private final ImageManifest manifest = Receipts.manifest(4, 2);
  private final ImageLedger before = ledger();

  @Test
  void nothingRetriedIsTheSameLedger() {
    ImageLedger after = new RetriedImage(before).ledger();
    assertThat(after.receipts()).isEqualTo(before.receipts());
    assertThat(after.manifest()).isEqualTo(before.settledManifest());
    assertThat(after.deadLetters()).isEmpty();
  }

  @Test
  void aRejectedRunIsCountedOnceItIsJudgedAndAnalyzed() {
    assertThat(before.isComplete(Stage.MAPPER)).isFalse();
    RetriedImage image = new RetriedImage(before);
    image.judged(Receipts.run(2), Receipts.outcome(2));
    assertThat(image.ledger().isComplete(Stage.MAPPER)).isTrue();
    assertThat(image.ledger().isComplete(Stage.ANALYZERS)).isFalse();
    image.analyzed(Receipts.run(2), Receipts.outcome(2));
    assertThat(image.ledger().isComplete(Stage.ANALYZERS)).isTrue();
    assertThat(image.ledger().progress(Stage.ANALYZERS).pages()).isEqualTo(Receipts.pages(4));
    assertThat(before.isComplete(Stage.MAPPER)).as("the ledger it was made of").isFalse();
  }

  @Test
  void aRecoveredAnalysisAddsItsFindingsAndMakesTheRunSeen() {
    assertThat(before.isAnalyzed(1)).isFalse();
    RetriedImage image = new RetriedImage(before);
    image.recovered(failure("time-out"), run1(), Map.of("email", 3L, "url", 1L), outcomeOfRun1());
    ImageLedger after = image.ledger();
    StageTotals totals = after.totals(Stage.ANALYZERS);
    assertThat(after.isAnalyzed(1)).isTrue();
    assertThat(totals.failures()).isEmpty();
    assertThat(totals.notAnalyzed()).isEmpty();
    // runs 0, 1 and 3 had 0, 1 and 3 e-mails
    assertThat(totals.findings()).isEqualTo(Map.of("email", 7L, "url", 1L));
    assertThat(totals.cappedFindings()).isEqualTo(Map.of("domain", 4L));
    assertThat(totals.cappedRanges()).containsExactly(new CappedRange(0x1000L, 2L, 4L));
    assertThat(after.deadLetters()).isEmpty();
    assertThat(before.isAnalyzed(1)).as("the ledger it was made of").isFalse();
  }

  @Test
  void oneOfTwoFailuresOfARunIsRecoveredAlone() {
    before.receipts().stream()
        .filter(receipt -> receipt.getStage() == Stage.ANALYZERS && receipt.getBlock() == 0)
        .forEach(receipt -> receipt.getFailures().put("text:time-out", 2L));
    RetriedImage image = new RetriedImage(before);
    image.recovered(failure("time-out"), run1(), Map.of(), outcomeOfRun1());
    assertThat(image.ledger().totals(Stage.ANALYZERS).failures())
        .isEqualTo(Map.of("text:time-out", 1L));
  }

  @Test
  void anAnalysisThatFailsAgainIsCountedForItsNewReasonAndItsLetterIsKept() {
    RetriedImage image = new RetriedImage(before);
    image.failedAgain(failure("time-out"), failure("error"), Map.of("email", 1L));
    ImageLedger after = image.ledger();
    assertThat(after.totals(Stage.ANALYZERS).failures()).isEqualTo(Map.of("text:error", 1L));
    assertThat(after.totals(Stage.ANALYZERS).findings()).isEqualTo(Map.of("email", 5L));
    assertThat(after.deadLetters()).containsExactly(failure("error"));
    assertThat(after.missingDeadLetters()).as("of the rejected run").isEqualTo(1);
    assertThat(after.isAnalyzed(1)).isFalse();
  }

  @Test
  void aLetterThatIsKeptStaysInTheLedger() {
    RetriedImage image = new RetriedImage(before);
    image.keep(failure("time-out"));
    assertThat(image.ledger().deadLetters()).containsExactly(failure("time-out"));
  }

  @Test
  void aFailureInABlockWithoutReceiptIsRefused() {
    ImageLedger empty = new ImageLedger("image");
    empty.manifest(manifest);
    RetriedImage image = new RetriedImage(empty);
    assertThatThrownBy(() -> image.failedAgain(failure("time-out"), failure("error"), Map.of()))
        .hasMessage("no receipt covers run 1");
  }

  private ImageLedger ledger() {
    HeldReceipts judged = new HeldReceipts();
    ReceiptBook mapper = new ReceiptBook(Stage.MAPPER, judged);
    HeldReceipts analyzed = new HeldReceipts();
    ReceiptBook analyzers = new ReceiptBook(Stage.ANALYZERS, analyzed);
    for (long run : List.of(0L, 1L, 3L)) {
      mapper.count(manifest, Receipts.run(run), Receipts.outcome(run));
      analyzers.count(manifest, Receipts.run(run), run == 1 ? failed() : Receipts.outcome(run));
    }
    mapper.skip(manifest, 2);
    List<RunReceipt> receipts = new ArrayList<>();
    judged.forEach("image", receipts::add);
    analyzed.forEach("image", receipts::add);
    ImageLedger ledger = new ImageLedger("image");
    ledger.manifest(manifest);
    receipts.forEach(ledger::receipt);
    return ledger;
  }

  private static PageRun run1() {
    return Receipts.run(1);
  }

  private static RunOutcome failed() {
    RunOutcome sound = Receipts.outcome(1);
    return new RunOutcome(
        sound.payloadBytes(),
        sound.counts(),
        sound.verdictPages(),
        Map.of(),
        sound.findings(),
        Map.of("text:time-out", 1L),
        Map.of("failed", PAGES_OF_RUN_1),
        true,
        Map.of("domain", 3L),
        List.of(new CappedRange(0x1000L, 1L, 3L)),
        Map.of());
  }

  private static RunOutcome outcomeOfRun1() {
    RunOutcome sound = Receipts.outcome(1);
    return new RunOutcome(
        sound.payloadBytes(),
        sound.counts(),
        sound.verdictPages(),
        Map.of(),
        sound.findings(),
        Map.of(),
        Map.of(),
        false,
        Map.of("domain", 1L),
        List.of(new CappedRange(0x2000L, 1L, 1L)),
        Map.of());
  }

  private static DeadLetter failure(String reason) {
    return DeadLetter.of(Stage.ANALYZERS, ErrorCode.ANALYSIS_FAILED, reason, "slow", "t/0/1")
        .by("text")
        .run(run1());
  }
}
