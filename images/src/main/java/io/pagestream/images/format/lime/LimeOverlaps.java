package io.pagestream.images.format.lime;

import io.pagestream.images.interval.OverlapSweep.Piece;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.doubt.DoubtReason;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Addresses that several ranges of a LiME file claim. */
final class LimeOverlaps {
  private LimeOverlaps() {}

  /** A doubt for each stretch that more than one stored range claims. */
  static List<Doubt> of(String file, List<Piece> intervals) {
    List<Piece> sorted = new ArrayList<>(intervals.stream().filter(i -> i.source() >= 0).toList());
    sorted.sort(Comparator.comparingLong(Piece::start));
    List<Doubt> doubts = new ArrayList<>();
    long end = 0;
    for (Piece interval : sorted) {
      if (interval.start() < end) {
        long start = Pages.floor(interval.start());
        long until = Pages.ceil(Math.min(end, interval.end()));
        doubts.add(
            DoubtReason.OVERLAPPING_RANGES.of(
                start,
                Pages.frameNumber(until - start),
                file
                    + ": several LiME ranges claim these addresses; the first in the file is used"));
      }
      end = Math.max(end, interval.end());
    }
    return doubts;
  }
}
