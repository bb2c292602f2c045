package io.pagestream.cases.seal;

import io.pagestream.schemas.error.PagestreamException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A job that has begun in a case folder and has not ended, running or not.
 *
 * @param images images that it has completed so far
 */
record UnfinishedJob(int images) {
  /** A folder may come from another person. */
  private static final int MOST = 100_000;

  /** The job in a folder; empty if there is none. */
  static Optional<UnfinishedJob> of(Path folder) {
    Path unfinished = folder.resolve(CaseFiles.UNFINISHED);
    if (FileStamp.of(unfinished).kind() != FileStamp.Kind.FOLDER) {
      return Optional.empty();
    }
    int images = 0;
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(unfinished)) {
      for (Path image : entries) {
        images += FileStamp.of(image.resolve(CaseFiles.MANIFEST)).isFile() ? 1 : 0;
        if (images >= MOST) {
          break;
        }
      }
    } catch (IOException | DirectoryIteratorException | PagestreamException e) {
      return Optional.of(new UnfinishedJob(0)); // it has just ended, or cannot be read
    }
    return Optional.of(new UnfinishedJob(images));
  }

  /** The number of complete images, as a clause. */
  String count() {
    return "%d %s complete so far".formatted(images, images == 1 ? "image is" : "images are");
  }
}
