package io.pagestream.schemas.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.pagestream.schemas.avro.CappedRange;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.avro.ImageClosed;
import io.pagestream.schemas.avro.ImageFile;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.ImageState;
import io.pagestream.schemas.avro.PageCounts;
import io.pagestream.schemas.avro.RunReceipt;
import io.pagestream.schemas.avro.Stage;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.topic.DeadLetter;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Which records are news to a ledger, and what it says of the image because of them. */
final class ImageLedgerRecordsTest {
  private static final int MOST_EARLY = 100_000;

  private final CountedImage image = new CountedImage(42, 8, 4);
  private final ImageLedger ledger = new ImageLedger(CountedImage.ID);

  @Test
  void recordsOfAnotherImageAreRefused() {
    String other = "f".repeat(32);
    assertThat(ledger.imageId()).isEqualTo(CountedImage.ID);
    ImageManifest manifest = ImageManifest.newBuilder(image.manifest).setImageId(other).build();
    ImageClosed closed = ImageClosed.newBuilder(image.closed).setImageId(other).build();
    RunReceipt receipt = RunReceipt.newBuilder(receipt(0)).setImageId(other).build();
    String message = "a record of image " + other + " in ledger " + CountedImage.ID;
    assertThatThrownBy(() -> ledger.manifest(manifest)).hasMessage(message);
    assertThatThrownBy(() -> ledger.closed(closed)).hasMessage(message);
    assertThatThrownBy(() -> ledger.receipt(receipt)).hasMessage(message);
  }

  @Test
  void aRecordThatComesAgainIsNoNews() {
    assertThat(ledger.receipt(receipt(0))).as("before the manifest").isTrue();
    assertThat(ledger.manifest(image.manifest)).isTrue();
    assertThat(ledger.manifest(image.manifest)).isFalse();
    assertThat(ledger.receipt(receipt(0))).isFalse();
    assertThat(ledger.receipt(receipt(1))).isTrue();
    assertThat(ledger.receipt(receipt(1))).isFalse();
    assertThat(ledger.closed(image.closed)).isTrue();
    assertThat(ledger.closed(image.closed)).isFalse();
    assertThat(ledger.closed(ImageClosed.newBuilder(image.closed).setRunCount(7).build())).isTrue();
  }

  @Test
  void aLaterManifestOfTheSamePlanReplacesTheFirst() {
    ledger.manifest(ImageManifest.newBuilder(image.manifest).setName("first").build());
    assertThat(ledger.manifest(image.manifest)).as("open as well").isTrue();
    assertThat(ledger.manifest()).isEqualTo(image.manifest);
    ImageManifest closed = withState(ImageState.CLOSED);
    assertThat(ledger.manifest(closed)).isTrue();
    assertThat(ledger.manifest()).isEqualTo(closed);
    ImageManifest renamed = ImageManifest.newBuilder(closed).setName("renamed").build();
    assertThat(ledger.manifest(renamed)).isTrue();
    assertThat(ledger.manifest()).isEqualTo(renamed);
    assertThat(ledger.manifest(image.manifest)).as("an older one").isFalse();
    assertThat(ledger.manifest()).isEqualTo(renamed);
    assertThat(ledger.doubts()).isEmpty();
  }

  @Test
  void aManifestOfOtherRunsIsADoubtAndTheFirstHolds() {
    ledger.manifest(image.manifest);
    ImageManifest other = ImageManifest.newBuilder(image.manifest).setRunCount(9).build();
    assertThat(ledger.manifest(other)).isTrue();
    assertThat(ledger.manifest()).isEqualTo(image.manifest);
    assertThat(ledger.doubts())
        .singleElement()
        .extracting(Doubt::getMessage)
        .asString()
        .startsWith("1 manifests of the image describe another memory map");
  }

  @Test
  void anImageThatIsStreamedAgainStartsFromNothing() {
    deliver();
    assertThat(ledger.isComplete(Stage.MAPPER)).isTrue();
    ledger.manifest(withState(ImageState.CLOSED));
    ImageManifest again =
        ImageManifest.newBuilder(image.manifest).setPlanId("of another plan").build();
    assertThat(ledger.manifest(again)).isTrue();
    assertThat(ledger.progress(Stage.MAPPER)).isEqualTo(StageProgress.NONE);
    assertThat(ledger.isEnded()).isFalse();
    assertThat(ledger.receipt(receipt(0))).as("of the first plan").isFalse();
    assertThat(ledger.progress(Stage.MAPPER)).isEqualTo(StageProgress.NONE);
  }

  @Test
  void aReceiptThatWaitedForItsManifestDoesNotWaitAgain() {
    RunReceipt invalid = RunReceipt.newBuilder(receipt(0)).setBlock(99).build();
    ledger.receipt(invalid);
    ledger.manifest(withState(ImageState.CLOSED));
    assertThat(ledger.rejectedReceipts()).isEqualTo(1);
    ledger.manifest(
        ImageManifest.newBuilder(withState(ImageState.CLOSED)).setPlanId("other").build());
    ledger.manifest(withState(ImageState.CLOSED));
    assertThat(ledger.rejectedReceipts()).isEqualTo(1);
  }

  @Test
  void onlySoManyReceiptsWaitForTheManifest() {
    for (int i = 1; i < MOST_EARLY; i++) {
      ledger.receipt(receipt(0));
    }
    assertThat(ledger.receipt(receipt(0))).isTrue();
    assertThat(ledger.rejectedReceipts()).isZero();
    assertThat(ledger.receipt(receipt(0))).isFalse();
    assertThat(ledger.rejectedReceipts()).isEqualTo(1);
  }

  @Test
  void threeInvalidReceiptsAreNamedAndTheRestIsCounted() {
    ledger.manifest(image.manifest);
    for (int i = 0; i < 3; i++) {
      ledger.receipt(RunReceipt.newBuilder(receipt(0)).setBlock(90 + i).build());
    }
    String first =
        "A receipt of the mapper for block 90 cannot be true: the image has no such block.";
    assertThat(ledger.rejected()).hasSize(3).startsWith(first);
    for (int i = 3; i < 5; i++) {
      ledger.receipt(RunReceipt.newBuilder(receipt(0)).setBlock(90 + i).build());
    }
    assertThat(ledger.rejected())
        .hasSize(4)
        .startsWith(first)
        .endsWith("2 more receipts are invalid.");
    assertThat(ledger.doubts())
        .extracting(Doubt::getReason, Doubt::getMessage)
        .containsExactly(tuple("receipt-rejected", "5 receipts of the image are invalid."));
  }

  @Test
  void anImageEndsByItsLastRecordOrByItsManifest() {
    assertThat(ledger.isEnded()).isFalse();
    assertThat(ledger.isFailed()).isFalse();
    ledger.manifest(image.manifest);
    assertThat(ledger.isEnded()).isFalse();
    assertThat(ledger.isFailed()).isFalse();
    ledger.closed(image.closed);
    assertThat(ledger.isEnded()).isTrue();
    assertThat(ledger.isFailed()).isFalse();
    ledger.closed(ImageClosed.newBuilder(image.closed).setState(ImageState.FAILED).build());
    assertThat(ledger.isFailed()).isTrue();

    ImageLedger byManifest = new ImageLedger(CountedImage.ID);
    byManifest.manifest(withState(ImageState.CLOSED));
    assertThat(byManifest.isEnded()).isTrue();
    assertThat(byManifest.isFailed()).isFalse();
    byManifest.manifest(withState(ImageState.FAILED));
    assertThat(byManifest.isFailed()).isTrue();
  }

  @Test
  void filesCountsAndDoubtsAreThoseOfTheManifestUntilTheImageEnds() {
    ImageFile opened = new ImageFile("memory.raw", 1L, "", List.of());
    ImageFile hashed = new ImageFile("memory.raw", 1L, "ab".repeat(32), List.of());
    Doubt early = new Doubt("early", 0L, 0L, "at the opening");
    Doubt late = new Doubt("late", 0L, 0L, "at the end");
    PageCounts counts = PageCounts.newBuilder().setZero(5).build();
    assertThat(ledger.files()).isEmpty();
    assertThat(ledger.readCounts()).isNull();
    assertThat(ledger.doubts()).isEmpty();
    ledger.manifest(
        ImageManifest.newBuilder(image.manifest)
            .setFiles(List.of(opened))
            .setDoubts(List.of(early))
            .setReadCounts(counts)
            .build());
    assertThat(ledger.files()).containsExactly(opened);
    assertThat(ledger.readCounts()).isEqualTo(counts);
    assertThat(ledger.doubts()).containsExactly(early);
    assertThat(ledger.sentRuns()).isEqualTo(-1);
    ledger.closed(
        ImageClosed.newBuilder(image.closed)
            .setFiles(List.of(hashed))
            .setDoubts(List.of(late))
            .build());
    assertThat(ledger.files()).containsExactly(hashed);
    assertThat(ledger.readCounts()).isEqualTo(image.closed.getReadCounts());
    assertThat(ledger.doubts()).containsExactly(late);
    assertThat(ledger.sentRuns()).isEqualTo(8);
  }

  @Test
  void theSettledManifestHasTheDoubtsThatNoOtherRecordTellsOf() {
    ledger.manifest(image.manifest);
    ledger.doubt(new Doubt("verdict-contradicts", 0L, 0L, "found by a reader"));
    RunReceipt capped = image.receipts.getLast();
    capped.setCappedFindings(Map.of("email", 2L));
    capped.setCappedRanges(List.of(new CappedRange(0x1000L, 1L, 2L)));
    ledger.receipt(capped);
    ledger.deadLetter(
        DeadLetter.of(Stage.MAPPER, ErrorCode.RECORD_CORRUPT, "rejected", "broken", "t/0/1")
            .run(CountedImage.ID, 1));
    assertThat(ledger.doubts())
        .extracting(Doubt::getReason)
        .containsExactlyInAnyOrder("verdict-contradicts", "run-rejected", "findings-capped");
    assertThat(Objects.requireNonNull(ledger.settledManifest()).getDoubts())
        .extracting(Doubt::getReason)
        .containsExactly("verdict-contradicts");
  }

  @Test
  void aStageHasAllReceiptsWithTheLastBlock() {
    assertThat(ledger.hasAllReceipts(Stage.MAPPER)).as("without a manifest").isFalse();
    ledger.manifest(image.manifest);
    ledger.receipt(receipt(0));
    assertThat(ledger.hasAllReceipts(Stage.MAPPER)).isFalse();
    ledger.receipt(receipt(1));
    assertThat(ledger.hasAllReceipts(Stage.MAPPER)).isTrue();
    assertThat(ledger.hasAllReceipts(Stage.ANALYZERS)).isFalse();
  }

  @Test
  void aBlockOfDeadLettersAloneStandsForNoOtherBlockOfTheMapper() {
    ReceiptBook book = new ReceiptBook(Stage.MAPPER, new HeldReceipts());
    ledger.manifest(image.manifest);
    for (long run = 0; run < 3; run++) {
      assertThat(book.skip(image.manifest, run)).isNull();
    }
    ledger.receipt(Objects.requireNonNull(book.skip(image.manifest, 3)));
    assertThat(ledger.hasAllReceipts(Stage.MAPPER)).isFalse();
    assertThat(ledger.hasAllReceipts(Stage.ANALYZERS)).isFalse();
    ledger.receipt(receipt(1));
    assertThat(ledger.hasAllReceipts(Stage.MAPPER)).isTrue();
  }

  @Test
  void receiptsAreListedByStageAndBlock() {
    Collections.reverse(image.receipts);
    deliver();
    assertThat(ledger.receipts())
        .extracting(RunReceipt::getStage, RunReceipt::getBlock)
        .containsExactly(
            tuple(Stage.MAPPER, 0L),
            tuple(Stage.MAPPER, 1L),
            tuple(Stage.ANALYZERS, 0L),
            tuple(Stage.ANALYZERS, 1L));
  }

  private RunReceipt receipt(long block) {
    return image.receipts.stream()
        .filter(receipt -> receipt.getStage() == Stage.MAPPER && receipt.getBlock() == block)
        .findFirst()
        .orElseThrow();
  }

  private ImageManifest withState(ImageState state) {
    return ImageManifest.newBuilder(image.manifest).setState(state).build();
  }

  private void deliver() {
    ledger.manifest(image.manifest);
    ledger.closed(image.closed);
    image.receipts.forEach(ledger::receipt);
  }
}
