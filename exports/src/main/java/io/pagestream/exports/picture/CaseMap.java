package io.pagestream.exports.picture;

import io.pagestream.cases.casefolder.StoredCase;
import io.pagestream.cases.casefolder.StoredImage;

/** The map of an image of a finished case: all bands. */
public final class CaseMap {
  private CaseMap() {}

  /** Reads the case's verdicts and findings once. */
  public static SpaceMap of(StoredCase stored, StoredImage image) {
    String warning = stored.seal().holds() ? "" : "ALTERED OR NOT SEALED: ";
    SpaceMap map =
        new SpaceMap(warning + image.name(), MapPicture.layout(SpaceMap.extents(image.ranges())));
    image.ranges().forEach(map::addRange);
    stored.forEachSpan((imageId, span) -> {
      if (imageId.equals(image.imageId())) {
        map.addSpan(span);
      }
    });
    stored.forEachFinding(finding -> {
      if (finding.imageId().equals(image.imageId())) {
        map.addFinding(finding.physicalAddress());
      }
    });
    return map;
  }
}
