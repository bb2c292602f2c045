package io.pagestream.pipeline;

import io.pagestream.carve.CarveCounts;
import io.pagestream.carve.CarveFolder;
import io.pagestream.carve.CarveLimits;
import io.pagestream.cases.casefolder.ReopenedCase;
import io.pagestream.images.OpenOptions;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.ledger.ImageLedger;
import java.nio.file.Path;
import java.util.List;

/** Copies the files that an analysis found from the images to a folder. */
public final class CarveJob {
  private CarveJob() {}

  /**
   * An image to carve.
   *
   * @param open how it is opened
   */
  public record Given(ImageSubmission image, OpenOptions open) {}

  /**
   * Carves the files of all findings of a case that are in the given images.
   *
   * @param folder the case folder
   * @param images images of the case; their SHA-256 must be unchanged
   * @param out a new or empty folder
   * @throws PagestreamException {@link ErrorCode#USAGE} if the files are not an image of the case
   */
  public static CarveCounts run(Path folder, List<Given> images, Path out, CarveLimits limits)
      throws InterruptedException {
    ReopenedCase reopened = ReopenedCase.open(folder);
    try (CarveFolder carved = CarveFolder.create(out, limits)) {
      for (Given image : images) {
        carve(reopened, image.image(), image.open(), carved);
      }
      return carved.counts();
    }
  }

  private static void carve(
      ReopenedCase reopened, ImageSubmission submission, OpenOptions open, CarveFolder carved)
      throws InterruptedException {
    try (ReadableImage image = ReadableImage.open(submission, open)) {
      ImageLedger ledger = image.ledgerOf(reopened, submission);
      carved.carve(
          image.memory(),
          receiver ->
              reopened.forEachFinding(finding -> {
                if (finding.getImageId().equals(ledger.imageId())) {
                  receiver.accept(finding);
                }
              }));
    }
  }
}
