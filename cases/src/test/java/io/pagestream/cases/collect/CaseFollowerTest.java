package io.pagestream.cases.collect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.cases.SmallCase;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.ImageState;
import io.pagestream.schemas.codec.RecordCodec;
import io.pagestream.schemas.connection.KafkaConnection;
import io.pagestream.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CaseFollowerTest {
  private static final String PREFIX = "pagestream.";

  @TempDir private Path scratch;

  private final List<String> events = new ArrayList<>();
  private final CaseFollower follower =
      new CaseFollower() {
        @Override
        public void finding(Finding finding) {
          events.add(finding.getValue());
        }

        @Override
        public void rejected(List<Doubt> doubts) {
          doubts.forEach(doubt -> events.add(doubt.getReason()));
        }

        @Override
        public void ended(List<CaseImage> images) {
          events.add("ended with " + images.size());
        }
      };

  @Test
  void aJobsFollowerSeesItsGenuineFindingsAndTheEnd() {
    ScriptedTopics topics = ScriptedTopics.ofCase();
    Finding real = SmallCase.FINDINGS.getFirst();
    topics.finding(real);
    topics.finding(Finding.newBuilder(real).setValue("forged@example.com").build());
    long[] clock = {0};
    CollectSettings settings =
        new CollectSettings(
            KafkaConnection.to("unused:1"),
            ScriptedTopics.PREFIX,
            List.of(SmallCase.IMAGE),
            Duration.ofSeconds(5),
            scratch);
    try (FindingCollector collector =
        new FindingCollector(
            settings, topics.reader(), () -> clock[0] += 1_000_000_000L, follower)) {
      assertThat(collector.collect(progress -> {}).findings().count()).isEqualTo(1);
    }
    assertThat(events).containsExactly(real.getValue(), "finding-rejected", "ended with 1");
  }

  @Test
  void aClusterHasEveryImageThatItsRecordsNameUpToABound() {
    CaseTally tally = CaseTally.ofAll(scratch, 1);
    CaseRecords records = new CaseRecords(PREFIX, tally, follower, ResultStarts.NONE);
    ImageManifest manifest = SmallCase.manifest(ImageState.OPEN);
    assertThat(records.take(manifest(manifest))).isTrue();
    assertThat(tally.images()).hasSize(1);
    assertThat(tally.images().getFirst().takeFactsChanged()).isTrue();
    assertThat(tally.images().getFirst().hasChanges()).isFalse();
    Finding finding = SmallCase.FINDINGS.getFirst();
    assertThat(
            records.take(
                new ConsumerRecord<>(
                    Topics.FINDINGS.name(PREFIX),
                    0,
                    0,
                    finding.getFindingId().getBytes(UTF_8),
                    new RecordCodec<>(Finding.class).encode(finding))))
        .isTrue();
    assertThat(events).containsExactly(finding.getValue());
    ImageManifest other = ImageManifest.newBuilder(manifest).setImageId("f".repeat(32)).build();
    assertThat(records.take(manifest(other))).isFalse();
    assertThat(records.rejected().count()).isEqualTo(1);
    tally.close();
  }

  private static ConsumerRecord<byte[], byte[]> manifest(ImageManifest manifest) {
    return new ConsumerRecord<>(
        Topics.IMAGES.name(PREFIX),
        0,
        manifest.getImageId().hashCode() & 0xffff,
        manifest.getImageId().getBytes(UTF_8),
        new RecordCodec<>(ImageManifest.class).encode(manifest));
  }
}
