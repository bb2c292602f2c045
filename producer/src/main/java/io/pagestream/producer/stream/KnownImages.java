package io.pagestream.producer.stream;

import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.codec.RecordCodec;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.topic.StartOffsets;
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
    /** It was never opened, or reading it failed: everything is sent. */
    record Nothing() implements Left {}

    /** It was read to its end with the same job and the same runs. */
    record Sent(ImageManifest manifest, StartOffsets start) implements Left {}

    /** It was read to its end with another job, or other runs. */
    record SentOtherwise(ImageManifest manifest) implements Left {}

    /** It was opened with the same runs and not closed because of a crash. */
    record OpenAlike(StartOffsets start) implements Left {}

    /** It was opened with another manifest, for other runs, and never closed. */
    record OpenOtherwise(ImageManifest manifest, StartOffsets start) implements Left {}
  }

  /** The latest record of an image. */
  private record Latest(ImageManifest manifest, StartOffsets start) {}

  /** The state in which an earlier producer has left the image of this manifest. */
  static Left left(StreamSettings settings, ImageManifest manifest, RejectedRecord rejected) {
    Latest latest = latest(settings, manifest.getImageId(), rejected);
    if (latest == null) {
      return new Left.Nothing();
    }
    return switch (latest.manifest().getState()) {
      case FAILED -> new Left.Nothing();
      case CLOSED ->
          latest.manifest().getPlanId().equals(manifest.getPlanId())
              ? new Left.Sent(latest.manifest(), latest.start())
              : new Left.SentOtherwise(latest.manifest());
      case OPEN ->
          unnamed(latest.manifest()).equals(unnamed(manifest))
              ? new Left.OpenAlike(latest.start())
              : new Left.OpenOtherwise(latest.manifest(), latest.start());
    };
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
    return PagestreamException.inFile(
        ErrorCode.IMAGE_OPEN_OTHERWISE,
        now.getName(),
        "was left unfinished on this cluster by another producer (image %s, %s)"
            .formatted(now.getImageId(), JobDifference.of(open, now)),
        "run the producer with the earlier options to resume, or with --start-over if"
            + " no producer is working on the image");
  }

  /** Explains why an image that was analyzed with other settings is not streamed. */
  static PagestreamException analyzedOtherwise(ImageManifest before, ImageManifest now) {
    return PagestreamException.inFile(
        ErrorCode.DUPLICATE_IMAGE,
        now.getName(),
        "was analyzed on this cluster with other settings (image %s, %s)"
            .formatted(now.getImageId(), JobDifference.of(before, now)),
        "use --again to analyze it with the new settings; the new results then replace the earlier"
            + " ones");
  }

  private static @Nullable Latest latest(
      StreamSettings settings, String imageId, RejectedRecord rejected) {
    RecordCodec<ImageManifest> codec = new RecordCodec<>(ImageManifest.class);
    Latest latest = null;
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
  private static @Nullable Latest decode(
      RecordCodec<ImageManifest> codec,
      ConsumerRecord<byte[], byte[]> record,
      @Nullable Latest before,
      RejectedRecord rejected) {
    try {
      return new Latest(codec.decode(record.value(), null), StartOffsets.read(record.headers()));
    } catch (PagestreamException e) {
      rejected.reject(record, String.valueOf(e.getMessage()));
      return before;
    }
  }
}
