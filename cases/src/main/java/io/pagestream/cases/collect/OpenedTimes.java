package io.pagestream.cases.collect;

import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.ImageState;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** When images were opened, from the manifests in the order in which they were written. */
public final class OpenedTimes {
  /** Share of the pages below which an estimate would be a guess. */
  private static final double LEAST_SHARE = 0.005;

  private final Map<String, Long> opened = new HashMap<>();
  private final Map<String, ImageState> states = new HashMap<>();

  /**
   * Takes a manifest.
   *
   * @param timestampMs when it was written, in milliseconds since 1970
   */
  void take(ImageManifest manifest, long timestampMs) {
    ImageState before = states.put(manifest.getImageId(), manifest.getState());
    if (manifest.getState() == ImageState.OPEN && before != ImageState.OPEN) {
      opened.put(manifest.getImageId(), timestampMs);
    }
  }

  /** The times by image id. The topic may have lost that of an image that has ended. */
  Map<String, Long> times() {
    return opened;
  }

  /**
   * The time that an image still needs at its rate so far.
   *
   * @param elapsed time since it was opened
   * @param done pages that are analyzed
   * @param all pages of the image
   * @return empty if it cannot be said: too little is done, or clocks differ
   */
  public static Optional<Duration> left(Duration elapsed, long done, long all) {
    if (elapsed.isNegative() || all <= 0 || done < all * LEAST_SHARE) {
      return Optional.empty();
    }
    double rest = Math.max(0, all - done) / (double) done;
    return Optional.of(Duration.ofMillis((long) (elapsed.toMillis() * rest)));
  }
}
