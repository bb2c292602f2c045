package io.pagestream.images.format;

import io.pagestream.images.interval.Intervals;
import io.pagestream.images.memory.PageState;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.doubt.DoubtList;
import io.pagestream.schemas.page.Pages;
import java.util.Comparator;
import java.util.List;

/** Pages whose bytes are in an image but covered by a doubt. */
public final class DoubtfulPages {
  private final List<Doubt> doubts;
  private final Intervals ranges;

  /** The pages in the ranges of doubts; doubts without a range concern no page. */
  public DoubtfulPages(List<Doubt> doubts) {
    this.doubts = List.copyOf(doubts);
    Intervals.Builder builder = new Intervals.Builder();
    doubts.stream()
        .filter(doubt -> doubt.getPageCount() > 0)
        .sorted(Comparator.comparingLong(Doubt::getPhysicalAddress))
        .forEach(doubt -> builder.add(doubt.getPhysicalAddress(), DoubtList.end(doubt)));
    this.ranges = builder.build();
  }

  /** The doubts. */
  public List<Doubt> doubts() {
    return doubts;
  }

  /** The first address from one on that is in a doubtful range; {@link Long#MAX_VALUE} if none. */
  public long firstFrom(long physicalAddress) {
    int range = ranges.firstAfter(physicalAddress);
    return range == ranges.size() ? Long.MAX_VALUE : Math.max(physicalAddress, ranges.start(range));
  }

  /** Marks those of consecutive pages that are present and in a doubtful range. */
  public void mark(long physicalAddress, int pageCount, PageState[] states) {
    long end = physicalAddress + Pages.address(pageCount);
    for (int range = ranges.firstAfter(physicalAddress);
        range < ranges.size() && ranges.start(range) < end;
        range++) {
      long from = Math.max(ranges.start(range), physicalAddress);
      long to = Math.min(ranges.end(range), end);
      for (long at = from; at < to; at += Pages.SIZE) {
        int page = (int) Pages.frameNumber(at - physicalAddress);
        if (states[page] == PageState.PRESENT) {
          states[page] = PageState.DOUBTFUL;
        }
      }
    }
  }
}
