package io.pagestream.pipeline;

import io.pagestream.images.OpenOptions;
import io.pagestream.images.container.Unwrapping;
import io.pagestream.images.identity.HashAhead;
import io.pagestream.producer.stream.ImageStreamer;
import io.pagestream.producer.stream.StreamListener;
import io.pagestream.schemas.avro.ImageClosed;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Images to be streamed one after the other. Hashing of their files starts when this object is
 * created. An image that was streamed before (the same content under the same label) is not
 * streamed twice.
 */
public final class ImageBatch implements AutoCloseable {
  private final List<ImageSubmission> images;
  private final HashAhead hashing;
  private final Map<String, Path> streamed = new HashMap<>();

  /** Outcome of an image. */
  public sealed interface Outcome {
    /** It was streamed to its end. */
    record Streamed(ImageClosed closed) implements Outcome {}

    /**
     * It is the same image as an earlier one and was skipped; nothing is lost.
     *
     * @param note a sentence that describes this
     */
    record Duplicate(String note) implements Outcome {}
  }

  private ImageBatch(List<ImageSubmission> images) {
    this.images = List.copyOf(images);
    this.hashing =
        new HashAhead(
            images.stream().map(ImageSubmission::files).toList(), Unwrapping::isCompressed);
  }

  /** Starts hashing the files of these images. */
  public static ImageBatch start(List<ImageSubmission> images) {
    return new ImageBatch(images);
  }

  /** The images, in their order. */
  public List<ImageSubmission> images() {
    return images;
  }

  /**
   * Streams the image at a place to its end.
   *
   * @throws io.pagestream.schemas.error.PagestreamException if it cannot be opened or read
   */
  public Outcome stream(
      int place, ImageStreamer streamer, OpenOptions options, StreamListener listener)
      throws InterruptedException {
    ImageSubmission submission = images.get(place);
    try (IdentifiedImage image =
        IdentifiedImage.open(submission, options, hashing, place, listener)) {
      Path file = submission.files().getFirst();
      Optional<Path> before = Optional.ofNullable(streamed.putIfAbsent(image.imageId(), file));
      if (before.isPresent()) {
        return new Outcome.Duplicate(
            "%s is the same image as %s (same name and content) and was analyzed once."
                .formatted(file, before.get()));
      }
      return new Outcome.Streamed(image.stream(streamer, listener));
    }
  }

  @Override
  public void close() {
    hashing.close();
  }
}
