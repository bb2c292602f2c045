package io.pagestream.cases.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.avro.Stage;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.topic.DeadLetter;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

final class RejectedRecordsTest {
  private final RejectedRecords rejected = new RejectedRecords();

  @Test
  void aRecordIsNamedByItsPlaceAndTheStageThatWritesItsTopic() {
    rejected.add(record("test.findings", 1, 2), RejectedRecords.FORGED, "a forged one");
    rejected.add(record("test.verdicts", 3, 4), RejectedRecords.REJECTED, "no verdict");
    rejected.add(record("test.images", 0, 0), RejectedRecords.REJECTED, "no manifest");
    assertThat(rejected.letters())
        .extracting(DeadLetter::source, DeadLetter::stage, DeadLetter::reason, DeadLetter::message)
        .containsExactly(
            tuple("test.findings/1/2", Stage.ANALYZERS, "finding-rejected", "a forged one"),
            tuple("test.verdicts/3/4", Stage.MAPPER, "record-rejected", "no verdict"),
            tuple("test.images/0/0", Stage.PRODUCER, "record-rejected", "no manifest"));
  }

  @Test
  void aRecordThatIsReadAgainIsCountedOnce() {
    rejected.add(record("test.findings", 0, 7), RejectedRecords.REJECTED, "broken");
    rejected.add(record("test.findings", 0, 7), RejectedRecords.REJECTED, "broken");
    assertThat(rejected.count()).isEqualTo(1);
    assertThat(rejected.letters()).hasSize(1);
  }

  @Test
  void recordsBeyondTheListAreCountedOnly() {
    for (int offset = 0; offset < RejectedRecords.MOST + 2; offset++) {
      rejected.add(letter("t/0/" + offset, "rejected"));
    }
    assertThat(rejected.count()).isEqualTo(RejectedRecords.MOST + 2);
    assertThat(rejected.letters()).hasSize(RejectedRecords.MOST);
    assertThat(rejected.lines(1))
        .containsExactly(
            "rejected t/0/0: broken", (RejectedRecords.MOST + 1) + " more records were rejected");
  }

  @Test
  void linesNameTheFirstRecordsAndCountTheRest() {
    assertThat(rejected.lines(2)).isEmpty();
    rejected.add(letter("t/0/0", "rejected"));
    rejected.add(letter("t/0/1", "rejected"));
    assertThat(rejected.lines(2))
        .containsExactly("rejected t/0/0: broken", "rejected t/0/1: broken");
    assertThat(rejected.lines(1))
        .containsExactly("rejected t/0/0: broken", "1 more records were rejected");
  }

  @Test
  void aDoubtSaysWhetherAFindingWasForged() {
    List<Doubt> doubts =
        RejectedRecords.doubts(
            List.of(letter("t/0/0", RejectedRecords.FORGED), letter("t/0/1", "time-out")));
    assertThat(doubts)
        .extracting(Doubt::getReason, Doubt::getMessage)
        .containsExactlyInAnyOrder(
            tuple("finding-rejected", "t/0/0: broken"), tuple("record-rejected", "t/0/1: broken"));
  }

  private static DeadLetter letter(String source, String reason) {
    return DeadLetter.of(Stage.MAPPER, ErrorCode.RECORD_CORRUPT, reason, "broken", source);
  }

  private static ConsumerRecord<byte[], byte[]> record(String topic, int partition, long offset) {
    return new ConsumerRecord<>(topic, partition, offset, new byte[0], new byte[0]);
  }
}
