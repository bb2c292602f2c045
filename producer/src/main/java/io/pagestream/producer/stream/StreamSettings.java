package io.pagestream.producer.stream;

import io.pagestream.producer.run.PayloadMode;
import io.pagestream.schemas.avro.ImageJob;
import io.pagestream.schemas.connection.KafkaConnection;
import io.pagestream.schemas.topic.Topics;
import org.jspecify.annotations.Nullable;

/**
 * Settings for streaming images.
 *
 * @param kafka the cluster
 * @param topicPrefix prefix of all topic names
 * @param runPages pages in a full run, 1 to 256
 * @param maxInFlightBytes page bytes in flight at which the sender waits
 * @param compression Kafka's compression of payloads: {@code lz4}, {@code none}, {@code zstd} …
 * @param payload the transport of page bytes to the analyzers
 * @param awaitReceipts whether an image counts as streamed only when the last stage has finished it
 * @param job how images are judged and analyzed; null for the defaults
 * @param again whether an image that the cluster has analyzed already is analyzed again
 * @param startOver whether an image that was left open with a different manifest is abandoned and
 *     streamed from its first run, instead of being refused
 * @param evidence the findings that the producer publishes itself
 */
public record StreamSettings(
    KafkaConnection kafka,
    String topicPrefix,
    int runPages,
    long maxInFlightBytes,
    String compression,
    PayloadMode payload,
    boolean awaitReceipts,
    @Nullable ImageJob job,
    boolean again,
    boolean startOver,
    ImageEvidence evidence) {
  /** Default number of pages in a run; see {@code benchmarks/RESULTS.md}. */
  public static final int DEFAULT_RUN_PAGES = 64;

  /** Default maximum of bytes in flight. */
  public static final long DEFAULT_MAX_IN_FLIGHT_BYTES = 1L << 30;

  /** Checks the limits. */
  public StreamSettings {
    if (runPages < 1 || runPages > 256) {
      throw new IllegalArgumentException("runPages " + runPages);
    }
  }

  /** Settings without findings of the producer. */
  public StreamSettings(
      KafkaConnection kafka,
      String topicPrefix,
      int runPages,
      long maxInFlightBytes,
      String compression,
      PayloadMode payload,
      boolean awaitReceipts,
      @Nullable ImageJob job,
      boolean again,
      boolean startOver) {
    this(
        kafka,
        topicPrefix,
        runPages,
        maxInFlightBytes,
        compression,
        payload,
        awaitReceipts,
        job,
        again,
        startOver,
        ImageEvidence.NONE);
  }

  /** The same with findings that the producer publishes itself. */
  public StreamSettings with(ImageEvidence other) {
    return new StreamSettings(
        kafka,
        topicPrefix,
        runPages,
        maxInFlightBytes,
        compression,
        payload,
        awaitReceipts,
        job,
        again,
        startOver,
        other);
  }

  /** Defaults for a cluster. */
  public static StreamSettings defaults(KafkaConnection kafka) {
    return new StreamSettings(
        kafka,
        Topics.DEFAULT_PREFIX,
        DEFAULT_RUN_PAGES,
        DEFAULT_MAX_IN_FLIGHT_BYTES,
        "lz4",
        PayloadMode.INLINE,
        false,
        null,
        true,
        false);
  }
}
