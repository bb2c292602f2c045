package io.pagestream.mapper.stage;

import io.pagestream.schemas.avro.ImageManifest;

/** Determines how the pages of an image are judged. */
@FunctionalInterface
public interface MapperJobs {
  /** Each image as the job in its manifest demands. */
  MapperJobs OF_THE_IMAGE = MapperJob::of;

  /**
   * The options for an image; equal for equal manifests.
   *
   * @throws io.pagestream.schemas.error.PagestreamException {@link
   *     io.pagestream.schemas.error.ErrorCode#JOB_REFUSED} if this mapper cannot judge it as its
   *     job demands
   */
  MapperOptions options(ImageManifest manifest);
}
