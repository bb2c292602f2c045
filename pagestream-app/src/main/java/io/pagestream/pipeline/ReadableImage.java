package io.pagestream.pipeline;

import io.pagestream.images.OpenOptions;
import io.pagestream.images.container.Unwrapping;
import io.pagestream.images.identity.HashAhead;
import io.pagestream.producer.stream.RunReplay;
import io.pagestream.producer.stream.StreamListener;
import io.pagestream.schemas.avro.ImageFile;
import io.pagestream.schemas.avro.ImageManifest;
import java.util.List;
import java.util.SortedSet;

/** An image of a finished case, opened again to read single runs of it. */
final class ReadableImage implements AutoCloseable {
  private static final StreamListener SILENT = new StreamListener() {};

  private final HashAhead hashing;
  private final IdentifiedImage image;

  private ReadableImage(HashAhead hashing, IdentifiedImage image) {
    this.hashing = hashing;
    this.image = image;
  }

  /** Opens an image and hashes its files. */
  static ReadableImage open(ImageSubmission submission, OpenOptions options)
      throws InterruptedException {
    HashAhead hashing = new HashAhead(List.of(submission.files()), Unwrapping::isCompressed);
    try {
      return new ReadableImage(
          hashing, IdentifiedImage.open(submission, options, hashing, 0, SILENT));
    } catch (Throwable e) {
      hashing.close();
      throw e;
    }
  }

  /**
   * Whether its files contain the same bytes as those of an image of a case, regardless of their
   * names.
   */
  boolean isSameAs(List<ImageFile> ofCase) {
    return contents(image.files().imageFiles()).equals(contents(ofCase));
  }

  private static List<String> contents(List<ImageFile> files) {
    return files.stream().map(file -> file.getSizeBytes() + " " + file.getSha256()).toList();
  }

  /** Reads runs again, as they were streamed under a manifest. */
  void replay(ImageManifest streamed, SortedSet<Long> runs, RunReplay.Receiver receiver)
      throws InterruptedException {
    RunReplay.read(
        image.request(streamed.getImageId(), streamed.getName()), streamed, runs, SILENT, receiver);
  }

  @Override
  public void close() {
    image.close();
    hashing.close();
  }
}
