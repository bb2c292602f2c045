package io.pagestream.command;

import io.pagestream.cases.casefolder.ReopenedCase;
import io.pagestream.images.ImageGrouping;
import io.pagestream.images.OpenOptions;
import io.pagestream.pipeline.ImageSubmission;
import io.pagestream.producer.stream.ImageNames;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.ImageSource;
import io.pagestream.schemas.ledger.ImageLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The images of a case with their files, and the jobs that analyzed them. */
final class RecordedImages {
  private RecordedImages() {}

  /**
   * An image of a case.
   *
   * @param imageId its id; empty if it is not known before the files are read
   * @param submission its files
   * @param analysis the command that analyzed it
   */
  record Recorded(String imageId, ImageSubmission submission, RecordedAnalysis analysis) {}

  /**
   * The images of a case.
   *
   * @param files where the images are now; if there are none, all images are where they were
   */
  static List<Recorded> of(ReopenedCase reopened, List<Path> files) {
    if (!files.isEmpty()) {
      return ImageGrouping.group(files, OpenOptions.defaults()).stream()
          .map(image -> moved(reopened, image))
          .toList();
    }
    List<Recorded> images = new ArrayList<>();
    for (ImageLedger ledger : reopened.ledgers()) {
      ImageManifest manifest = ledger.settledManifest();
      if (manifest == null || manifest.getSources().isEmpty()) {
        RecordedAnalysis analysis = RecordedAnalysis.of(reopened.facts());
        return ImageGrouping.group(analysis.files(), analysis.open()).stream()
            .map(image -> new Recorded("", ImageSubmission.of(image), analysis))
            .toList();
      }
      images.add(
          new Recorded(
              ledger.imageId(),
              new ImageSubmission(
                  manifest.getSources().stream().map(ImageSource::getPath).map(Path::of).toList(),
                  new ImageNames(manifest.getName(), manifest.getHost(), manifest.getEvidenceId())),
              RecordedAnalysis.of(reopened.facts().jobOf(ledger.imageId()))));
    }
    return images;
  }

  /** The same for some of its images. */
  static List<Recorded> of(ReopenedCase reopened, Set<String> imageIds) {
    return of(reopened, List.<Path>of()).stream()
        .filter(image -> image.imageId().isEmpty() || imageIds.contains(image.imageId()))
        .toList();
  }

  /** An image at another place: its job is that of an image with a file of this name and size. */
  private static Recorded moved(ReopenedCase reopened, List<Path> files) {
    ImageSubmission submission = ImageSubmission.of(files);
    Path first = files.getFirst();
    for (ImageLedger ledger : reopened.ledgers()) {
      if (ledger.files().stream()
          .anyMatch(file ->
              file.getName().equals(String.valueOf(first.getFileName()))
                  && file.getSizeBytes() == size(first))) {
        return new Recorded(
            "", submission, RecordedAnalysis.of(reopened.facts().jobOf(ledger.imageId())));
      }
    }
    return new Recorded("", submission, RecordedAnalysis.of(reopened.facts()));
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return -1; // opening it reports the error
    }
  }
}
