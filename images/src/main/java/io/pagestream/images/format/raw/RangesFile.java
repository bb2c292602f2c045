package io.pagestream.images.format.raw;

import io.pagestream.images.format.Segment;
import io.pagestream.images.rangesource.Claim;
import io.pagestream.images.rangesource.RangesJson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What our own side file says of where a raw image's bytes lie in physical memory. */
final class RangesFile {
  private RangesFile() {}

  /**
   * The ranges that lie in the image: sorted and disjoint; none if the file only tells what
   * addresses are, so that address = offset still holds.
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
