package io.pagestream.cases.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.cases.SmallCase;
import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.avro.ImageClosed;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.ImageState;
import io.pagestream.schemas.avro.PageCounts;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.avro.PageStreamRecord;
import io.pagestream.schemas.avro.RunReceipt;
import io.pagestream.schemas.avro.Stage;
import io.pagestream.schemas.codec.RecordCodec;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.finding.FindingIds;
import io.pagestream.schemas.finding.Location;
import io.pagestream.schemas.topic.DeadLetter;
import io.pagestream.schemas.topic.RecordKeys;
import io.pagestream.schemas.topic.Topics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each record is taken as news, is no news, or is rejected and listed. */
final class CaseRecordsTest {
  private static final String PREFIX = "test.";
  private static final String OTHER = "f".repeat(32);

  @TempDir private Path scratch;

  private final List<String> followed = new ArrayList<>();
  private final CaseFollower follower =
      new CaseFollower() {
        @Override
        public void finding(Finding finding) {
          followed.add(finding.getValue());
        }
      };
  private CaseTally tally;
  private CaseRecords records;
  private long offset;

  @BeforeEach
  void open() {
    tally = CaseTally.of(List.of(SmallCase.IMAGE), scratch, 2);
    records = new CaseRecords(PREFIX, tally, follower, ResultStarts.NONE);
  }

  @AfterEach
  void close() {
    tally.close();
  }

  @Test
  void theTopicsOfACaseAreFive() {
    assertThat(CaseRecords.topics("p."))
        .containsExactlyInAnyOrder(
            "p.images", "p.verdicts", "p.receipts", "p.findings", "p.dead-letters");
  }

  @Test
  void aRecordIsNewsOnce() {
    assertThat(take(SmallCase.manifest(ImageState.OPEN))).isTrue();
    assertThat(take(SmallCase.manifest(ImageState.OPEN))).isFalse();
    assertThat(take(SmallCase.manifest(ImageState.CLOSED))).isTrue();
    RunReceipt receipt = SmallCase.receipts().getFirst();
    assertThat(take(receipt)).isTrue();
    assertThat(take(receipt)).isFalse();
    assertThat(take(SmallCase.verdicts().getFirst())).isTrue();
    assertThat(take(SmallCase.verdicts().getFirst())).isFalse();
    DeadLetter letter = letter().run(SmallCase.IMAGE, 1);
    assertThat(take(letter)).isTrue();
    assertThat(take(letter)).isFalse();
    assertThat(records.rejected().count()).isZero();
    CaseImage image = tally.images().getFirst();
    assertThat(image.takeFactsChanged()).isTrue();
    assertThat(image.takeVerdictsChanged()).isTrue();
    assertThat(image.hasChanges()).isFalse();
  }

  @Test
  void newsChangesTheFactsOrTheVerdictsOfItsImage() {
    CaseImage image = tally.images().getFirst();
    assertThat(image.takeFactsChanged()).as("before anything has come").isTrue();
    take(SmallCase.manifest(ImageState.OPEN));
    assertThat(image.takeFactsChanged()).isTrue();
    assertThat(image.takeFactsChanged()).isFalse();
    take(SmallCase.receipts().getFirst());
    assertThat(image.hasChanges()).isTrue();
    assertThat(image.takeFactsChanged()).isTrue();
    take(letter().run(SmallCase.IMAGE, 1));
    assertThat(image.takeFactsChanged()).isTrue();
    assertThat(image.takeVerdictsChanged()).isFalse();
    take(SmallCase.verdicts().getFirst());
    assertThat(image.hasChanges()).isTrue();
    assertThat(image.takeFactsChanged()).isFalse();
    assertThat(image.takeVerdictsChanged()).isTrue();
    assertThat(image.takeVerdictsChanged()).isFalse();
  }

  @Test
  void recordsOfAnotherImageAreNoNewsAndNotRejected() {
    ImageManifest manifest = SmallCase.manifest(ImageState.OPEN);
    manifest.setImageId(OTHER);
    RunReceipt receipt = SmallCase.receipts().getFirst();
    receipt.setImageId(OTHER);
    PageRun verdict = SmallCase.verdicts().getFirst();
    verdict.setImageId(OTHER);
    assertThat(take(manifest)).isFalse();
    assertThat(take(receipt)).isFalse();
    assertThat(take(verdict)).isFalse();
    assertThat(take(letter().run(OTHER, 0))).isFalse();
    Finding finding = Finding.newBuilder(SmallCase.FINDINGS.getFirst()).setImageId(OTHER).build();
    finding.setFindingId(
        new FindingIds().of(OTHER, "text", "email", Location.of(finding), finding.getValue()));
    assertThat(take(finding, RecordKeys.finding(finding.getFindingId()))).isFalse();
    assertThat(followed).isEmpty();
    assertThat(records.rejected().count()).isZero();
    assertThat(tally.images()).hasSize(1);
  }

  @Test
  void aFindingGoesToTheFollowerAndIsNews() {
    Finding finding = SmallCase.FINDINGS.getFirst();
    assertThat(take(finding, RecordKeys.finding(finding.getFindingId()))).isTrue();
    assertThat(followed).containsExactly(finding.getValue());
    assertThat(tally.check().findings().count()).isEqualTo(1);
  }

  @Test
  void aFindingUnderAnotherKeyIsRejectedAndNotShown() {
    Finding finding = SmallCase.FINDINGS.getFirst();
    assertThat(take(finding, RecordKeys.finding(SmallCase.FINDINGS.get(1).getFindingId())))
        .isFalse();
    assertThat(followed).isEmpty();
    assertThat(records.rejected().letters())
        .singleElement()
        .satisfies(letter -> {
          assertThat(letter.reason()).isEqualTo(RejectedRecords.FORGED);
          assertThat(letter.message()).isEqualTo("a finding has a key that is not its id");
        });
  }

  @Test
  void aTombstoneIsNoNews() {
    for (String topic : CaseRecords.topics(PREFIX)) {
      if (!topic.equals(Topics.DEAD_LETTERS.name(PREFIX))) {
        assertThat(take(topic, new byte[0], null, new RecordHeaders())).as(topic).isFalse();
      }
    }
    assertThat(records.rejected().count()).isZero();
  }

  @Test
  void bytesThatAreNoRecordAreRejectedInEveryTopic() {
    int topics = 0;
    for (String topic : CaseRecords.topics(PREFIX)) {
      assertThat(take(topic, new byte[0], new byte[] {1, 2, 3}, new RecordHeaders())).isFalse();
      assertThat(records.rejected().count()).isEqualTo(++topics);
    }
  }

  @Test
  void anOpeningOrAnEndAmongTheVerdictsIsRejected() {
    ImageClosed end =
        ImageClosed.newBuilder()
            .setImageId(SmallCase.IMAGE)
            .setRunCount(2)
            .setState(ImageState.CLOSED)
            .setFiles(List.of())
            .setReadCounts(new PageCounts())
            .build();
    byte[] encoded = new RecordCodec<>(PageStreamRecord.class).encode(new PageStreamRecord(end));
    assertThat(take(Topics.VERDICTS.name(PREFIX), new byte[0], encoded, new RecordHeaders()))
        .isFalse();
    assertThat(records.rejected().letters())
        .extracting(DeadLetter::message)
        .containsExactly("an opening or an end among the verdicts");
    assertThat(take(SmallCase.verdicts().getFirst())).as("a verdict after it").isTrue();
  }

  @Test
  void aDeadLetterThatNamesNoImageIsListed() {
    assertThat(take(letter())).isFalse();
    assertThat(records.rejected().letters())
        .extracting(DeadLetter::source)
        .containsExactly("t/0/1");
  }

  private static DeadLetter letter() {
    return DeadLetter.of(Stage.MAPPER, ErrorCode.RECORD_CORRUPT, "rejected", "broken", "t/0/1");
  }

  private boolean take(ImageManifest manifest) {
    return take(
        Topics.IMAGES.name(PREFIX),
        new byte[0],
        new RecordCodec<>(ImageManifest.class).encode(manifest),
        new RecordHeaders());
  }

  private boolean take(RunReceipt receipt) {
    return take(
        Topics.RECEIPTS.name(PREFIX),
        new byte[0],
        new RecordCodec<>(RunReceipt.class).encode(receipt),
        new RecordHeaders());
  }

  private boolean take(PageRun run) {
    return take(
        Topics.VERDICTS.name(PREFIX),
        new byte[0],
        new RecordCodec<>(PageStreamRecord.class).encode(new PageStreamRecord(run)),
        new RecordHeaders());
  }

  private boolean take(Finding finding, byte[] key) {
    return take(
        Topics.FINDINGS.name(PREFIX),
        key,
        new RecordCodec<>(Finding.class).encode(finding),
        new RecordHeaders());
  }

  private boolean take(DeadLetter letter) {
    return take(
        Topics.DEAD_LETTERS.name(PREFIX), new byte[0], new byte[0], letter.headers(new byte[0]));
  }

  private boolean take(String topic, byte[] key, byte @Nullable [] value, Headers headers) {
    return records.take(
        new ConsumerRecord<>(
            topic,
            0,
            offset++,
            ConsumerRecord.NO_TIMESTAMP,
            TimestampType.NO_TIMESTAMP_TYPE,
            key.length,
            value == null ? -1 : value.length,
            key,
            value,
            headers,
            Optional.empty()));
  }
}
