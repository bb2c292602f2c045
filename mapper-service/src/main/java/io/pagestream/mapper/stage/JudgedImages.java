package io.pagestream.mapper.stage;

import io.pagestream.mapper.policy.ReaderRule;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.error.PagestreamException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The judged range maps of the most recent images; they can be recomputed at any time. */
final class JudgedImages {
  /** More images than are read at a time; each costs about 100 bytes per range. */
  private static final int MOST = 16;

  private final ReaderRule reader;
  private final Map<String, OpenImage> byId =
      new LinkedHashMap<>(MOST, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, OpenImage> eldest) {
          return size() > MOST;
        }
      };

  JudgedImages(ReaderRule reader) {
    this.reader = reader;
  }

  /**
   * Checks that {@link #of} will not fail for a manifest.
   *
   * @throws PagestreamException if the manifest contradicts itself
   */
  void check(ImageManifest manifest) {
    OpenImage.of(manifest, reader);
  }

  /** The image of a manifest that has been checked. */
  @SuppressWarnings(
      "ReferenceEquality") // equal manifests may be judged twice; comparing them is expensive
  OpenImage of(ImageManifest manifest) {
    OpenImage image = byId.get(manifest.getImageId());
    if (image == null || image.manifest() != manifest) {
      image = OpenImage.of(manifest, reader);
      byId.put(manifest.getImageId(), image);
    }
    return image;
  }
}
