package io.pagestream.pipeline;

import io.pagestream.images.OpenOptions;
import io.pagestream.images.container.Unwrapping;
import io.pagestream.images.identity.HashAhead;
import io.pagestream.producer.stream.ImageStreamer;
import io.pagestream.producer.stream.StreamListener;
import io.pagestream.schemas.avro.ImageClosed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Images to be streamed. Hashing of their files starts when this object is created. An image whose
 * content was streamed before is not streamed again. Thread-safe: several images may be streamed at
 * a time, if they are begun in their order.
 */
public final class ImageBatch implements AutoCloseable {
  private final List<ImageSubmission> images;
  private final List<Long> sizes;
  private final HashAhead hashing;
  private final Map<String, String> labels = new ConcurrentHashMap<>();
  private final List<CompletableFuture<Boolean>> identified = new ArrayList<>();

  /** Outcome of an image. */
  public sealed interface Outcome {
    /** Its id. */
    String imageId();

    /** It was streamed to its end. */
    record Streamed(String imageId, ImageClosed closed) implements Outcome {}

    /**
     * It has the same content as another one and was skipped; nothing is lost.
     *
     * @param note a sentence that describes this
     */
    record Duplicate(String imageId, String note) implements Outcome {}
  }

  private ImageBatch(List<ImageSubmission> images, Map<String, String> known) {
    this.images = List.copyOf(images);
    this.sizes = images.stream().map(ImageSubmission::sizeBytes).toList();
    this.labels.putAll(known);
    images.forEach(image -> identified.add(new CompletableFuture<>()));
    this.hashing =
        new HashAhead(
            images.stream().map(ImageSubmission::files).toList(), Unwrapping::isCompressed);
  }

  /** Starts hashing the files of these images. */
  public static ImageBatch start(List<ImageSubmission> images) {
    return start(images, Map.of());
  }

  /**
   * The same for images of which some may be known.
   *
   * @param known the labels of images that were analyzed before, by image id
   */
  public static ImageBatch start(List<ImageSubmission> images, Map<String, String> known) {
    return new ImageBatch(images, known);
  }

  /** The images, in their order. */
  public List<ImageSubmission> images() {
    return images;
  }

  /**
   * Streams the image at a place to its end. Of several images with the same content, the first one
   * is streamed, also if they are streamed at the same time.
   *
   * @throws io.pagestream.schemas.error.PagestreamException if it cannot be opened or read
   */
  public Outcome stream(
      int place, ImageStreamer streamer, OpenOptions options, StreamListener listener)
      throws InterruptedException {
    ImageSubmission submission = images.get(place);
    try (IdentifiedImage image =
        IdentifiedImage.open(submission, options, hashing, place, listener)) {
      String imageId = image.imageId();
      awaitEarlier(place);
      String before = labels.putIfAbsent(imageId, submission.label());
      identified.get(place).complete(true);
      if (before != null) {
        return new Outcome.Duplicate(
            imageId,
            "%s has the same content as %s and was analyzed once."
                .formatted(submission.files().getFirst(), before));
      }
      return new Outcome.Streamed(imageId, image.stream(streamer, listener));
    } finally {
      identified.get(place).complete(false);
    }
  }

  /** Waits for the ids of earlier images that may have the same content. */
  private void awaitEarlier(int place) {
    for (int earlier = 0; earlier < place; earlier++) {
      if (sizes.get(earlier).equals(sizes.get(place))) {
        var unusedFound = identified.get(earlier).join();
      }
    }
  }

  /** Ends every wait for the id of an image: one of them will not be read. */
  void giveUp() {
    identified.forEach(image -> image.complete(false));
  }

  @Override
  public void close() {
    hashing.close();
    giveUp();
  }
}
