package io.pagestream.cases.collect;

import io.pagestream.cases.sort.FindingSorter;
import io.pagestream.schemas.connection.KafkaConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * What to collect, and how.
 *
 * @param kafka the cluster
 * @param topicPrefix prefix of all topic names
 * @param imageIds the images of the case, in the order in which they are reported; distinct
 * @param startOffsets where to start reading; partitions that are not named are read from their
 *     beginning
 * @param stallTimeout how long nothing may arrive before collecting gives up
 * @param scratch an existing directory of its own for temporary files
 * @param chunkFindings findings in memory at most
 */
public record CollectSettings(
    KafkaConnection kafka,
    String topicPrefix,
    List<String> imageIds,
    Map<TopicPartition, Long> startOffsets,
    Duration stallTimeout,
    Path scratch,
    int chunkFindings) {
  /** Copies its collections. */
  public CollectSettings {
    imageIds = List.copyOf(imageIds);
    startOffsets = Map.copyOf(startOffsets);
    if (imageIds.stream().distinct().count() != imageIds.size()) {
      throw new IllegalArgumentException("an image is named twice: " + imageIds);
    }
  }

  /** From the beginning of all topics, with chunks of the usual size. */
  public CollectSettings(
      KafkaConnection kafka,
      String topicPrefix,
      List<String> imageIds,
      Duration stallTimeout,
      Path scratch) {
    this(
        kafka,
        topicPrefix,
        imageIds,
        Map.of(),
        stallTimeout,
        scratch,
        FindingSorter.CHUNK_FINDINGS);
  }
}
