package io.pagestream.schemas.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.schemas.avro.RunReceipt;
import io.pagestream.schemas.avro.Stage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The ledger does not depend on the order and number of deliveries. */
final class ImageLedgerPropertyTest {
  @Property(tries = 300)
  void everyOrderAndEveryReplayGivesTheSameTotalsAndTheSameProof(
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = 60) int runs,
      @ForAll @IntRange(min = 1, max = 9) int runsPerBlock) {
    CountedImage image = new CountedImage(seed, runs, runsPerBlock);
    List<Runnable> inOrder = new ArrayList<>();
    ImageLedger straight = new ImageLedger(CountedImage.ID);
    deliver(image, straight, inOrder);
    inOrder.forEach(Runnable::run);

    List<Runnable> deliveries = new ArrayList<>();
    ImageLedger shuffled = new ImageLedger(CountedImage.ID);
    deliver(image, shuffled, deliveries);
    deliver(image, shuffled, deliveries);
    Collections.shuffle(deliveries, new Random(seed));
    deliveries.forEach(Runnable::run);

    assertThat(shuffled.proof()).isEqualTo(straight.proof());
    for (Stage stage : Stage.values()) {
      assertThat(shuffled.totals(stage)).isEqualTo(straight.totals(stage));
      assertThat(shuffled.progress(stage)).isEqualTo(straight.progress(stage));
    }
  }

  @Property(tries = 300)
  void whatHonestStagesWriteAddsUp(
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = 60) int runs,
      @ForAll @IntRange(min = 1, max = 9) int runsPerBlock) {
    CountedImage image = new CountedImage(seed, runs, runsPerBlock);
    ImageLedger ledger = new ImageLedger(CountedImage.ID);
    List<Runnable> deliveries = new ArrayList<>();
    deliver(image, ledger, deliveries);
    deliveries.forEach(Runnable::run);

    LedgerProof proof = ledger.proof();
    assertThat(proof.problems()).isEmpty();
    assertThat(proof.accounted()).isEqualTo(image.manifest.getRangeMapPages());
    assertThat(ledger.totals(Stage.MAPPER).counts()).isEqualTo(image.judged);
    assertThat(ledger.isComplete(Stage.MAPPER)).isTrue();
    assertThat(ledger.isComplete(Stage.ANALYZERS)).isTrue();
  }

  @Property(tries = 300)
  void oneLostReceiptIsAlwaysNoticed(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 60) int runs,
      @ForAll @IntRange(min = 1, max = 9) int runsPerBlock) {
    CountedImage image = new CountedImage(seed, runs, runsPerBlock);
    int lost = new Random(seed).nextInt(image.receipts.size());
    RunReceipt receipt = image.receipts.remove(lost);
    ImageLedger ledger = new ImageLedger(CountedImage.ID);
    List<Runnable> deliveries = new ArrayList<>();
    deliver(image, ledger, deliveries);
    deliveries.forEach(Runnable::run);

    assertThat(ledger.isComplete(receipt.getStage())).isFalse();
    assertThat(ledger.proof().addsUp()).isFalse();
    assertThat(ledger.proof().problems())
        .anyMatch(sentence -> sentence.contains("missing: block " + receipt.getBlock() + "."));
  }

  private static void deliver(CountedImage image, ImageLedger ledger, List<Runnable> deliveries) {
    deliveries.add(() -> ledger.manifest(image.manifest));
    deliveries.add(() -> ledger.closed(image.closed));
    image.receipts.forEach(receipt -> deliveries.add(() -> ledger.receipt(receipt)));
  }
}
