package io.pagestream.cases.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagestream.schemas.avro.ImageFile;
import io.pagestream.schemas.sample.SampleRecords;
import io.pagestream.schemas.topic.StartOffsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** The choice of images for a case. */
class ClusterImagesTest {
  private static final ClusterImages.Image ONE = image("ab".repeat(16), "one.lime", "one.lime");
  private static final ClusterImages.Image TWO = image("abcdef".repeat(6), "two", "two.raw");
  private static final List<ClusterImages.Image> ALL = List.of(ONE, TWO);

  @Test
  void anImageIsNamedByItsIdItsNameOrItsFile() {
    assertThat(select("two.raw", "ababab")).containsExactly(TWO, ONE);
    assertThat(select("two", "two.raw", "abcdef".repeat(6))).containsExactly(TWO);
    assertThat(select()).containsExactly(ONE, TWO);
  }

  @Test
  void whatFitsNoImageIsMissingAndWhatFitsTwoIsAnError() {
    List<String> missing = new ArrayList<>();
    assertThat(ClusterImages.select(ALL, List.of("ab", "three"), missing)).isEmpty();
    assertThat(missing).containsExactly("ab", "three");
    List<ClusterImages.Image> twins = List.of(ONE, image("cd".repeat(16), "one.lime", "x"));
    assertThatThrownBy(() -> ClusterImages.select(twins, List.of("one.lime"), missing))
        .hasMessageContaining("fits 2 images")
        .hasMessageContaining("cd".repeat(16));
  }

  @Test
  void recordsBeforeTheStartOfAnImageAreThoseOfAnEarlierSubmission() {
    TopicPartition findings = new TopicPartition("findings", 1);
    StartOffsets late = new StartOffsets(Map.of(findings, 9L));
    StartOffsets early = new StartOffsets(Map.of(findings, 5L));
    ResultStarts starts = new ResultStarts(Map.of("a", late, "b", early));
    assertThat(starts.isEarlier("a", record(8))).isTrue();
    assertThat(starts.isEarlier("a", record(9))).isFalse();
    assertThat(starts.isEarlier("b", record(8))).isFalse();
    assertThat(starts.isEarlier("c", record(0))).isFalse();
    assertThat(starts.first(List.of("a", "b"))).isEqualTo(Map.of(findings, 5L));
    assertThat(starts.first(List.of("a", "c"))).as("c begins at the beginning").isEmpty();
    assertThat(ResultStarts.NONE.first(List.of())).isEmpty();
  }

  private static ConsumerRecord<byte[], byte[]> record(long offset) {
    return new ConsumerRecord<>("findings", 1, offset, new byte[0], new byte[0]);
  }

  private static List<ClusterImages.Image> select(String... names) {
    List<String> missing = new ArrayList<>();
    List<ClusterImages.Image> selected = ClusterImages.select(ALL, List.of(names), missing);
    assertThat(missing).isEmpty();
    return selected;
  }

  private static ClusterImages.Image image(String id, String name, String file) {
    return new ClusterImages.Image(
        SampleRecords.manifest(id, 1)
            .setName(name)
            .setFiles(List.of(new ImageFile(file, 1L, "", List.of())))
            .build(),
        StartOffsets.BEGINNING);
  }
}
