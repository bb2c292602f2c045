package io.pagestream.producer.stream;

import io.pagestream.images.identity.HashProgress;
import io.pagestream.schemas.avro.ImageClosed;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.PageRun;
import java.time.Duration;

/** Receives the progress of streaming an image; called on the sending thread. */
public interface StreamListener {
  /** An image is about to be streamed; none of its records have been sent. */
  default void begins(StreamRequest request) {}

  /** The image's files are being hashed; called several times per second if this takes time. */
  default void hashing(HashProgress progress) {}

  /**
   * The image is being searched for page tables; called once per second if this takes that long.
   *
   * @param pagesDone pages searched
   * @param pages pages of the image
   */
  default void searchingPageTables(long pagesDone, long pages) {}

  /** The manifest is known and about to be sent. */
  default void opened(ImageManifest manifest) {}

  /**
   * The cluster has the results of this image and job already, or is working on them: nothing is
   * sent.
   *
   * @param before the manifest with which it was streamed
   */
  default void answered(ImageManifest before) {}

  /**
   * A run is about to be handed to Kafka.
   *
   * @param runBytes page bytes that it passes to the analyzers, inline or by reference
   */
  default void sending(PageRun run, long runBytes) {}

  /** A run has been handed to Kafka, or the stages had finished it before this producer started. */
  default void sent(PageRun run) {}

  /**
   * The sender has waited this long for later stages to finish runs. It may throw to give up.
   *
   * @param waited time since the sender last made progress
   * @param bytesInFlight page bytes in flight
   */
  default void waiting(Duration waited, long bytesInFlight) {}

  /** The image's end has been sent and acknowledged. */
  default void closed(ImageClosed closed) {}
}
