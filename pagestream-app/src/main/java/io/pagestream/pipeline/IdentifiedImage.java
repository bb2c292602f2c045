package io.pagestream.pipeline;

import io.pagestream.images.MemoryImages;
import io.pagestream.images.OpenOptions;
import io.pagestream.images.OpenedImage;
import io.pagestream.images.identity.FileStamp;
import io.pagestream.images.identity.HashAhead;
import io.pagestream.images.identity.InputFile;
import io.pagestream.images.identity.SideBySide;
import io.pagestream.images.memory.MemoryImage;
import io.pagestream.producer.stream.ImageNames;
import io.pagestream.producer.stream.ImageStreamer;
import io.pagestream.producer.stream.SearchProgress;
import io.pagestream.producer.stream.SourceFiles;
import io.pagestream.producer.stream.StreamListener;
import io.pagestream.producer.stream.StreamRequest;
import io.pagestream.schemas.avro.ImageClosed;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** An open image whose files were hashed in the state in which they were opened. */
final class IdentifiedImage implements AutoCloseable {
  /** A file that is still being written when it is opened gets a second attempt. */
  private static final int ATTEMPTS = 2;

  private final ImageSubmission submission;
  private final OpenedImage opened;
  private final SourceFiles files;

  private IdentifiedImage(ImageSubmission submission, OpenedImage opened, SourceFiles files) {
    this.submission = submission;
    this.opened = opened;
    this.files = files;
  }

  /**
   * Opens an image, and reads its page tables while its files are hashed.
   *
   * @param place the image's position among those that are hashed ahead
   * @throws PagestreamException for files that cannot be opened; {@link ErrorCode#IMAGE_CHANGED} if
   *     they are being written to
   */
  static IdentifiedImage open(
      ImageSubmission submission,
      OpenOptions options,
      HashAhead hashing,
      int place,
      StreamListener listener)
      throws InterruptedException {
    SideBySide reading = hashing.reading(place);
    try {
      return open(submission, options, hashing, place, listener, reading);
    } finally {
      reading.searchEnded(); // hashing would wait for it, and the following images for hashing
    }
  }

  private static IdentifiedImage open(
      ImageSubmission submission,
      OpenOptions options,
      HashAhead hashing,
      int place,
      StreamListener listener,
      SideBySide reading)
      throws InterruptedException {
    Optional<String> change = Optional.empty();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      OpenedImage opened = MemoryImages.open(submission.files(), options);
      try {
        search(opened, reading, listener);
        List<InputFile> hashed = hashing.of(place, listener::hashing);
        SourceFiles files =
            new SourceFiles(attempt == 0 ? merged(opened, hashed) : hashedAgain(opened));
        change = changeSinceOpening(opened, files);
        if (change.isEmpty()) {
          return new IdentifiedImage(submission, opened, files);
        }
        opened.close();
      } catch (Throwable e) {
        opened.close();
        throw e;
      }
    }
    throw PagestreamException.inFile(
        ErrorCode.IMAGE_CHANGED,
        submission.files().getFirst().toString(),
        "changed while it was read: " + change.orElseThrow(),
        "wait until no program writes to it, or copy it first");
  }

  private static void search(OpenedImage opened, SideBySide reading, StreamListener listener)
      throws InterruptedException {
    SearchProgress progress = new SearchProgress(listener);
    opened.mappings((done, pages) -> {
      progress.searched(done, pages);
      reading.searched(done, pages);
    });
    reading.searchEnded();
  }

  /**
   * The files in the order of their contents, each with the content from where it was hashed: a
   * compressed one while it was decompressed.
   */
  private static List<InputFile> merged(OpenedImage opened, List<InputFile> hashed) {
    Map<Path, InputFile> byPath =
        hashed.stream()
            .collect(Collectors.toMap(InputFile::path, Function.identity(), (one, same) -> one));
    List<InputFile> files = new ArrayList<>();
    for (InputFile file : opened.files()) {
      InputFile ahead = byPath.get(file.path());
      files.add(file.content().isPresent() || ahead == null ? file : ahead);
    }
    return files;
  }

  private static List<InputFile> hashedAgain(OpenedImage opened) throws InterruptedException {
    List<InputFile> files = new ArrayList<>();
    for (InputFile file : opened.files()) {
      files.add(file.content().isPresent() ? file : HashAhead.again(file.path()));
    }
    return files;
  }

  /** Requires that the file is in the same state when hashed, when opened, and now. */
  private static Optional<String> changeSinceOpening(OpenedImage opened, SourceFiles files) {
    for (int i = 0; i < opened.files().size(); i++) {
      FileStamp hashed = files.files().get(i).stamp();
      InputFile file = opened.files().get(i);
      Optional<String> change = hashed.changeTo(file.stamp());
      if (change.isEmpty()) {
        change = hashed.changeOf(file.path());
      }
      if (change.isPresent()) {
        return change.map(what -> file.name() + " " + what);
      }
    }
    return Optional.empty();
  }

  /** The image's id. */
  String imageId() {
    return files.imageId();
  }

  /** The image's files and their digests. */
  SourceFiles files() {
    return files;
  }

  /** Streams the image to its end. */
  ImageClosed stream(ImageStreamer streamer, StreamListener listener) throws InterruptedException {
    return streamer.stream(request(imageId(), submission.names()), listener);
  }

  /** Its pages. */
  MemoryImage memory() {
    return opened.image();
  }

  /** The image to stream, with an id and names. */
  StreamRequest request(String imageId, ImageNames names) {
    return new StreamRequest(imageId, names, opened, files);
  }

  @Override
  public void close() {
    opened.close();
  }
}
