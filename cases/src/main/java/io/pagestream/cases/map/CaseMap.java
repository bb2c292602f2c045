package io.pagestream.cases.map;

import io.pagestream.cases.casefolder.StoredCase;
import io.pagestream.cases.casefolder.StoredImage;

/** The map of an image of a finished case, from the files of its folder. */
public final class CaseMap {
  private CaseMap() {}

  /** Reads the case's verdicts and findings once. */
  public static MemoryMap<SpaceLayout> of(
      StoredCase stored, StoredImage image, SpaceLayout layout) {
    String warning = stored.seal().holds() ? "" : "ALTERED OR NOT SEALED: ";
    MemoryMap<SpaceLayout> map = new MemoryMap<>(warning + image.name(), layout);
    image.ranges().forEach(map::addRange);
    stored.forEachSpan((imageId, span) -> {
      if (imageId.equals(image.imageId())) {
        map.addSpan(span);
      }
    });
    stored.forEachFinding(finding -> {
      if (finding.imageId().equals(image.imageId()) && finding.isPhysical()) {
        map.addFindings(finding.address(), 1);
      }
    });
    return map;
  }
}
