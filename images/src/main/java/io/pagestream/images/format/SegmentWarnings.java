package io.pagestream.images.format;

import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.List;

/** Warnings about segments. */
final class SegmentWarnings {
  private SegmentWarnings() {}

  /** One sentence of each kind, regardless of the number of occurrences. */
  static List<String> of(List<Segment> segments) {
    List<String> warnings = new ArrayList<>();
    long partial = partialPages(segments);
    if (partial > 0) {
      warnings.add(
          partial == 1
              ? "1 page is only partly in the image; the rest of it is filled with zeros"
              : "%d pages are only partly in the image; the rest of each is filled with zeros"
                  .formatted(partial));
    }
    return warnings;
  }

  private static long partialPages(List<Segment> segments) {
    long count = 0;
    long lastCounted = -1;
    for (int i = 0; i < segments.size(); i++) {
      Segment segment = segments.get(i);
      boolean follows = i > 0 && segments.get(i - 1).end() == segment.start();
      boolean isFollowed = i + 1 < segments.size() && segments.get(i + 1).start() == segment.end();
      if (!follows && isInside(segment.start())) {
        long page = Pages.frameNumber(segment.start());
        count += page == lastCounted ? 0 : 1;
        lastCounted = page;
      }
      if (!isFollowed && isInside(segment.end())) {
        long page = Pages.frameNumber(segment.end());
        count += page == lastCounted ? 0 : 1;
        lastCounted = page;
      }
    }
    return count;
  }

  private static boolean isInside(long address) {
    return address != Pages.floor(address);
  }
}
