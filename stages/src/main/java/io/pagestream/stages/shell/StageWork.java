package io.pagestream.stages.shell;

import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.avro.PageStreamRecord;
import io.pagestream.schemas.ledger.RunOutcome;

/**
 * What a stage does with the page stream on one partition. What it throws costs the record, which
 * becomes a dead letter, and nothing else.
 */
public interface StageWork extends AutoCloseable {
  /**
   * Refuses an image that this stage cannot work on, before any of its runs.
   *
   * @throws io.pagestream.schemas.error.PagestreamException if it does
   */
  default void check(ImageManifest manifest) {}

  /**
   * Processes a run of an open image. What it sends must be the same however often the run is
   * delivered.
   *
   * @return what the run's receipt counts
   */
  RunOutcome process(ImageManifest manifest, PageRun run, Outlet outlet);

  /** Passes on a record that has been processed and counted. */
  default void pass(PageStreamRecord record, Outlet outlet) {}

  @Override
  default void close() {}
}
