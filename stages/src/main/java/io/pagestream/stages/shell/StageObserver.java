package io.pagestream.stages.shell;

import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.ledger.RunOutcome;
import io.pagestream.schemas.topic.DeadLetter;

/**
 * Receives what a stage does, for metrics. Called on the stream threads, several at the same time,
 * once for each record and never for each page. A record that is delivered again is reported again.
 */
public interface StageObserver {
  /** Ignores everything. */
  StageObserver NONE = new StageObserver() {};

  /** An image was opened on one partition. */
  default void opened(ImageManifest manifest) {}

  /** An image has ended on one partition. */
  default void closed(String imageId) {}

  /**
   * A run was processed.
   *
   * @param run the run, valid only during this call
   * @param nanos time that the stage worked on it, in nanoseconds
   * @param ageMs time since the producer sent the run, in milliseconds, by the clocks of both
   *     machines; may be negative
   */
  default void processed(PageRun run, RunOutcome outcome, long nanos, long ageMs) {}

  /** A record, or one analysis of a run, became a dead letter. */
  default void buried(DeadLetter letter) {}
}
