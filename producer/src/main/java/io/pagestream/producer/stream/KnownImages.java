package io.pagestream.producer.stream;

import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.codec.RecordCodec;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** What the topic {@code images} says of images that were streamed before. */
final class KnownImages {
  private static final Duration POLL = Duration.ofMillis(200);

  private KnownImages() {}

  /**
   * Whether the image was opened with exactly this manifest and never closed: a crash left it so.
   */
  static boolean wasLeftOpen(
      StreamSettings settings, ImageManifest manifest, RejectedRecord rejected) {
    return manifest.equals(latest(settings, manifest.getImageId(), rejected));
  }

  private static @Nullable ImageManifest latest(
      StreamSettings settings, String imageId, RejectedRecord rejected) {
    RecordCodec<ImageManifest> codec = new RecordCodec<>(ImageManifest.class);
    ImageManifest latest = null;
    TopicPartition partition = new TopicPartition(Topics.IMAGES.name(settings.topicPrefix()), 0);
    try (KafkaConsumer<byte[], byte[]> consumer = KafkaClients.follower(settings)) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          if (record.key() != null
              && new String(record.key(), StandardCharsets.UTF_8).equals(imageId)) {
            latest = record.value() == null ? null : decode(codec, record, latest, rejected);
          }
        }
      }
    }
    return latest;
  }

  /** The manifest of a record, or the one before where the record is damaged. */
  private static @Nullable ImageManifest decode(
      RecordCodec<ImageManifest> codec,
      ConsumerRecord<byte[], byte[]> record,
      @Nullable ImageManifest before,
      RejectedRecord rejected) {
    try {
      return codec.decode(record.value(), null);
    } catch (PagestreamException e) {
      rejected.reject(record, String.valueOf(e.getMessage()));
      return before;
    }
  }
}
