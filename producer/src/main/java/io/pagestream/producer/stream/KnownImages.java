package io.pagestream.producer.stream;

import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.ImageState;
import io.pagestream.schemas.codec.RecordCodec;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Images that were streamed before, according to the topic {@code images}. */
final class KnownImages {
  private static final Duration POLL = Duration.ofMillis(200);

  private KnownImages() {}

  /** The state in which an earlier producer has left the image. */
  sealed interface Left {
    /** It was never opened, or read to its end: everything is sent. */
    record Finished() implements Left {}

    /** It was opened with the same runs and not closed because of a crash. */
    record OpenAlike() implements Left {}

    /** It was opened with another manifest, for other runs, and never closed. */
    record OpenOtherwise(ImageManifest manifest) implements Left {}
  }

  /** The state in which an earlier producer has left the image of this manifest. */
  static Left left(StreamSettings settings, ImageManifest manifest, RejectedRecord rejected) {
    ImageManifest latest = latest(settings, manifest.getImageId(), rejected);
    if (latest == null || latest.getState() != ImageState.OPEN) {
      return new Left.Finished();
    }
    return unnamed(latest).equals(unnamed(manifest))
        ? new Left.OpenAlike()
        : new Left.OpenOtherwise(latest);
  }

  /**
   * The manifest without what people call the image and where it is, which do not affect its runs.
   */
  private static ImageManifest unnamed(ImageManifest manifest) {
    return ImageManifest.newBuilder(manifest)
        .setName("")
        .setHost("")
        .setEvidenceId("")
        .setSources(List.of())
        .build();
  }

  /** Explains why an image that is open with a different manifest is not streamed. */
  static PagestreamException conflict(ImageManifest open, ImageManifest now) {
    String difference =
        open.getRunPages() == now.getRunPages()
            ? "other sidecar files, options or version"
            : "--run-pages %d, not %d".formatted(open.getRunPages(), now.getRunPages());
    return PagestreamException.inFile(
        ErrorCode.IMAGE_OPEN_OTHERWISE,
        now.getName(),
        "was left unfinished on this cluster by another producer (image %s, %s)"
            .formatted(now.getImageId(), difference),
        "run the producer with the earlier options to resume, or with --start-over if"
            + " no producer is working on the image");
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

  /** The manifest of a record, or the previous one if the record is damaged. */
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
