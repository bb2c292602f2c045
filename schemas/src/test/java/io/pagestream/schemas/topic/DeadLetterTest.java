package io.pagestream.schemas.topic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.schemas.avro.Stage;
import io.pagestream.schemas.error.ErrorCode;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class DeadLetterTest {
  private static final DeadLetter LETTER =
      new DeadLetter(
          Stage.ANALYZERS,
          ErrorCode.ANALYSIS_FAILED.toString(),
          "time-out",
          "used more than 30000 ms",
          "pagestream.pages/3/17",
          "text",
          "0123456789abcdef0123456789abcdef",
          12,
          0x40000,
          64);

  @Test
  void headersSayAllOfIt() {
    assertThat(DeadLetter.read(LETTER.headers(new byte[0]), "elsewhere")).isEqualTo(LETTER);
  }

  @Test
  void whatIsNotKnownHasNoHeader() {
    DeadLetter bare =
        DeadLetter.of(Stage.MAPPER, ErrorCode.RECORD_CORRUPT, "rejected", "x", "t/0/1");
    assertThat(bare.headers(null)).extracting("key").doesNotContain(DeadLetters.RUN);
    assertThat(DeadLetter.read(bare.headers(null), "elsewhere")).isEqualTo(bare);
  }

  @Test
  void foreignHeadersAreRead() {
    RecordHeaders foreign = new RecordHeaders();
    foreign.add(DeadLetters.STAGE, new byte[] {(byte) 0xff});
    foreign.add(DeadLetters.RUN, "-5".getBytes(UTF_8));
    foreign.add(DeadLetters.ADDRESS, "0xzz".getBytes(UTF_8));
    foreign.add(DeadLetters.ERROR_MESSAGE, "m".repeat(1_000_000).getBytes(UTF_8));
    foreign.add(DeadLetters.PAGES, null);
    DeadLetter read = DeadLetter.read(foreign, "dead-letters/0/9");
    assertThat(read.isRun()).isFalse();
    assertThat(read.physicalAddress()).isEqualTo(-1);
    assertThat(read.message()).hasSize(DeadLetter.MOST_CHARACTERS);
    assertThat(read.source()).isEqualTo("dead-letters/0/9");
  }

  @Test
  void aValueThatNoTopicWouldTakeIsCutAndSaysSo() {
    byte[] original = new byte[Topics.MAX_RECORD_BYTES];
    assertThat(DeadLetter.value(original)).hasSizeLessThan(original.length);
    assertThat(LETTER.headers(original).lastHeader(DeadLetters.TRUNCATED).value())
        .asString(UTF_8)
        .isEqualTo("2097152");
    assertThat(LETTER.headers(new byte[5]).lastHeader(DeadLetters.TRUNCATED)).isNull();
  }
}
