package io.pagestream.cases.doubt;

import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.ledger.ImageLedger;
import java.util.List;

/**
 * A doubt about a case.
 *
 * @param imageId the image that it concerns
 * @param imageName display name of the image; empty before its manifest is known
 * @param doubt the doubt
 */
public record CaseDoubt(String imageId, String imageName, Doubt doubt) {
  /** All doubts about an image, in the order in which they are shown. */
  public static List<CaseDoubt> of(ImageLedger ledger) {
    ImageManifest manifest = ledger.manifest();
    String name = manifest == null ? "" : manifest.getName();
    return ledger.doubts().stream()
        .map(doubt -> new CaseDoubt(ledger.imageId(), name, doubt))
        .toList();
  }

  /** All doubts of a case, by image. The one list that every output shows. */
  public static List<CaseDoubt> of(List<ImageLedger> ledgers) {
    return ledgers.stream().flatMap(ledger -> of(ledger).stream()).toList();
  }
}
