package io.pagestream.pipeline;

import io.pagestream.cases.casefolder.ReopenedCase;
import io.pagestream.images.OpenOptions;
import io.pagestream.images.container.Unwrapping;
import io.pagestream.images.identity.HashAhead;
import io.pagestream.images.memory.MemoryImage;
import io.pagestream.producer.stream.ImageNames;
import io.pagestream.producer.stream.RunReplay;
import io.pagestream.producer.stream.StreamListener;
import io.pagestream.schemas.avro.ImageFile;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.ledger.ImageLedger;
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

  /**
   * Its ledger in a case.
   *
   * @throws PagestreamException {@link ErrorCode#USAGE} if the files are not an image of the case
   */
  ImageLedger ledgerOf(ReopenedCase reopened, ImageSubmission submission) {
    return reopened.ledgers().stream()
        .filter(one -> isSameAs(one.files()))
        .findFirst()
        .orElseThrow(() ->
            PagestreamException.inFile(
                ErrorCode.USAGE,
                submission.files().getFirst().toString(),
                "is not an image of the case: no SHA-256 of its manifest matches",
                "give the files from which the case was created"));
  }

  private static List<String> contents(List<ImageFile> files) {
    return files.stream().map(file -> file.getSizeBytes() + " " + file.getSha256()).toList();
  }

  /** Its pages. */
  MemoryImage memory() {
    return image.memory();
  }

  /** Reads runs again, as they were streamed under a manifest. */
  void replay(ImageManifest streamed, SortedSet<Long> runs, RunReplay.Receiver receiver)
      throws InterruptedException {
    RunReplay.read(
        image.request(streamed.getImageId(), ImageNames.of(streamed.getName())),
        streamed,
        runs,
        SILENT,
        receiver);
  }

  @Override
  public void close() {
    image.close();
    hashing.close();
  }
}
