package io.pagestream.cases.collect;

import io.pagestream.schemas.topic.StartOffsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Where the results of each image begin in the topics. Records before that belong to an earlier
 * submission of the image, perhaps with other settings.
 *
 * @param byImage the start of each image that does not begin at the beginning
 */
record ResultStarts(Map<String, StartOffsets> byImage) {
  /** All images begin at the beginning. */
  static final ResultStarts NONE = new ResultStarts(Map.of());

  /** Copies its map. */
  ResultStarts {
    byImage = Map.copyOf(byImage);
  }

  /** Whether a record of an image belongs to an earlier submission of it. */
  boolean isEarlier(String imageId, ConsumerRecord<?, ?> record) {
    StartOffsets start = byImage.get(imageId);
    return start != null
        && record.offset() < start.of(new TopicPartition(record.topic(), record.partition()));
  }

  /** The offset of each partition before which there are no results of any of these images. */
  Map<TopicPartition, Long> first(List<String> imageIds) {
    Map<TopicPartition, Long> first = new HashMap<>();
    if (!imageIds.isEmpty() && byImage.keySet().containsAll(imageIds)) {
      for (TopicPartition partition : start(imageIds.getFirst()).offsets().keySet()) {
        long least =
            imageIds.stream().mapToLong(image -> start(image).of(partition)).min().orElse(0);
        first.put(partition, least);
      }
    }
    return first;
  }

  private StartOffsets start(String imageId) {
    return byImage.getOrDefault(imageId, StartOffsets.BEGINNING);
  }
}
