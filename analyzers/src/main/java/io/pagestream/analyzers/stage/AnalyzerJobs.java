package io.pagestream.analyzers.stage;

import io.pagestream.schemas.avro.ImageManifest;

/** Determines how the runs of an image are analyzed. Called by several threads. */
@FunctionalInterface
public interface AnalyzerJobs {
  /**
   * The settings for an image: the same object for images that are analyzed alike.
   *
   * @throws io.pagestream.schemas.error.PagestreamException {@link
   *     io.pagestream.schemas.error.ErrorCode#JOB_REFUSED} if this stage cannot analyze it as its
   *     job demands
   */
  AnalyzerStage.Settings settings(ImageManifest manifest);
}
