package io.pagestream.images.format.raw;

import io.pagestream.images.format.Segment;
import io.pagestream.images.rangesource.Claim;
import io.pagestream.images.rangesource.RangesJson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Positions of a raw image's bytes in physical memory, from a sidecar in our JSON format. */
final class RangesFile {
  private RangesFile() {}

  /**
   * The ranges in the image: sorted and disjoint; none if the file only describes addresses, so
   * that address = offset still applies.
   *
   * @throws io.pagestream.schemas.error.PagestreamException SIDE_FILE_INVALID
   */
  static List<Segment> segments(Path file) {
    List<Segment> segments = new ArrayList<>();
    for (RangesJson.Entry entry : RangesJson.read(file)) {
      if (entry.fileOffset().isPresent()) {
        Claim claim = entry.claim();
        segments.add(
            new Segment(
                claim.start(),
                claim.end(),
                entry.fileOffset().getAsLong(),
                entry.index(),
                claim.kind()));
      }
    }
    return segments;
  }
}
