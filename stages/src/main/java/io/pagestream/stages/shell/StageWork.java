package io.pagestream.stages.shell;

import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.avro.PageStreamRecord;
import io.pagestream.schemas.ledger.RunOutcome;

/**
 * The work of a stage on the page stream of one partition. An exception turns the record into a
 * dead letter and has no other effect.
 */
public interface StageWork extends AutoCloseable {
  /**
   * Refuses an image that this stage cannot work on, before any of its runs.
   *
   * @throws io.pagestream.schemas.error.PagestreamException if it does; with {@link
   *     io.pagestream.schemas.error.ErrorCode#JOB_REFUSED}, {@link #process} refuses each of its
   *     runs in the same way
   */
  default void check(ImageManifest manifest) {}

  /**
   * Processes a run of an open image. The output must be the same for each delivery of the run.
   *
   * @return the counts for the run's receipt
   */
  RunOutcome process(ImageManifest manifest, PageRun run, Outlet outlet);

  /** Passes on a record that has been processed and counted. */
  default void pass(PageStreamRecord record, Outlet outlet) {}

  @Override
  default void close() {}
}
