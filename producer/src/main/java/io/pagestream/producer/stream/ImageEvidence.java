package io.pagestream.producer.stream;

import io.pagestream.images.OpenedImage;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.avro.ImageManifest;
import java.util.List;
import java.util.function.Consumer;

/**
 * Findings about an image that need all of its memory at once, and that the producer therefore
 * publishes itself: what its kernel recorded. They depend only on the image and the job, so that a
 * producer that resumes publishes the same ones again.
 */
public interface ImageEvidence {
  /** None; the producer writes no receipt. */
  ImageEvidence NONE =
      new ImageEvidence() {
        @Override
        public boolean isPublished() {
          return false;
        }

        @Override
        public List<Doubt> read(
            OpenedImage image, ImageManifest manifest, Consumer<Finding> findings) {
          return List.of();
        }
      };

  /** Whether it is published, with a receipt that the manifest announces. */
  boolean isPublished();

  /**
   * Reads the findings of an image.
   *
   * @param manifest the image's manifest
   * @param findings receives them one by one, each id once
   * @return what is missing or doubtful
   */
  List<Doubt> read(OpenedImage image, ImageManifest manifest, Consumer<Finding> findings)
      throws InterruptedException;
}
