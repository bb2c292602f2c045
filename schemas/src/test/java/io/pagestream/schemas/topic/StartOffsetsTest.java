package io.pagestream.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class StartOffsetsTest {
  private static final StartOffsets SOME =
      new StartOffsets(
          Map.of(
              new TopicPartition("pagestream.findings", 11),
              7L,
              new TopicPartition("pagestream.verdicts", 0),
              Long.MAX_VALUE));

  @Test
  void offsetsPassThroughHeaders() {
    RecordHeaders headers = new RecordHeaders();
    SOME.write(headers);
    SOME.write(headers);
    assertThat(StartOffsets.read(headers)).isEqualTo(SOME);
    assertThat(headers.toArray()).hasSize(1);
  }

  @Test
  void aPartitionThatIsNotNamedStartsAtTheBeginning() {
    assertThat(SOME.of(new TopicPartition("pagestream.findings", 12))).isZero();
    assertThat(SOME.of(new TopicPartition("pagestream.findings", 11))).isEqualTo(7);
  }

  @Test
  void aHeaderThatIsMissingOrInvalidHidesNothing() {
    assertThat(StartOffsets.read(new RecordHeaders())).isEqualTo(StartOffsets.BEGINNING);
    for (String wrong :
        List.of("", "x", "a/1", "a=1", "a/b=1", "a/1=x", "a/-1=4", "a/1=-4", "a/1=1,", "/1=1")) {
      RecordHeaders headers = new RecordHeaders();
      headers.add(StartOffsets.HEADER, wrong.getBytes(StandardCharsets.UTF_8));
      assertThat(StartOffsets.read(headers)).as(wrong).isEqualTo(StartOffsets.BEGINNING);
    }
  }
}
