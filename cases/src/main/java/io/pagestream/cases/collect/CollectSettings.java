package io.pagestream.cases.collect;

import io.pagestream.cases.sort.FindingSorter;
import io.pagestream.schemas.connection.KafkaConnection;
import io.pagestream.schemas.topic.StartOffsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Settings for collecting a case.
 *
 * @param kafka the cluster
 * @param topicPrefix prefix of all topic names
 * @param imageIds the images of the case, in the order in which they are reported; distinct
 * @param starts where the results of each image begin; those of an image that is not named begin at
 *     the beginning of the topics
 * @param stallTimeout time without new records after which collecting is abandoned
 * @param scratch an existing dedicated directory for temporary files
 * @param chunkFindings maximum number of findings in memory
 */
public record CollectSettings(
    KafkaConnection kafka,
    String topicPrefix,
    List<String> imageIds,
    Map<String, StartOffsets> starts,
    Duration stallTimeout,
    Path scratch,
    int chunkFindings) {
  /** Copies its collections. */
  public CollectSettings {
    imageIds = List.copyOf(imageIds);
    starts = Map.copyOf(starts);
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
