package io.pagestream.mapper.stage;

import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.error.PagestreamException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The judged range maps of the most recent images; they can be recomputed at any time. */
final class JudgedImages {
  /** More images than are read at a time; each costs about 100 bytes per range. */
  private static final int MOST = 16;

  private final MapperJobs jobs;
  private final Map<String, Judged> byId =
      new LinkedHashMap<>(MOST, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Judged> eldest) {
          return size() > MOST;
        }
      };

  /**
   * An image with its judged ranges.
   *
   * @param skipRefused whether the bytes of refused pages are removed
   */
  record Judged(OpenImage image, boolean skipRefused) {}

  JudgedImages(MapperJobs jobs) {
    this.jobs = jobs;
  }

  /**
   * Checks that {@link #of} will not fail for a manifest.
   *
   * @throws PagestreamException if the manifest contradicts itself, or this mapper cannot judge the
   *     image as its job demands
   */
  void check(ImageManifest manifest) {
    judge(manifest);
  }

  private Judged judge(ImageManifest manifest) {
    MapperOptions options = jobs.options(manifest);
    return new Judged(OpenImage.of(manifest, options.reader()), options.skipRefused());
  }

  /**
   * The image of a manifest.
   *
   * @throws PagestreamException as {@link #check}
   */
  @SuppressWarnings(
      "ReferenceEquality") // equal manifests may be judged twice; comparing them is expensive
  Judged of(ImageManifest manifest) {
    Judged judged = byId.get(manifest.getImageId());
    if (judged == null || judged.image().manifest() != manifest) {
      judged = judge(manifest);
      byId.put(manifest.getImageId(), judged);
    }
    return judged;
  }
}
