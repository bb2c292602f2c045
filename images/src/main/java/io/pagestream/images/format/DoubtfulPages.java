package io.pagestream.images.format;

import io.pagestream.images.interval.RangeEnds;
import io.pagestream.images.memory.PageState;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.doubt.DoubtList;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Pages whose bytes an image has, but which a doubt covers. */
public final class DoubtfulPages {
  private final List<Doubt> doubts;
  private final long[] starts;
  private final long[] ends;

  /** The pages in the ranges of doubts; doubts without a range concern no page. */
  public DoubtfulPages(List<Doubt> doubts) {
    this.doubts = List.copyOf(doubts);
    List<long[]> ranges = new ArrayList<>();
    doubts.stream()
        .filter(doubt -> doubt.getPageCount() > 0)
        .sorted(Comparator.comparingLong(Doubt::getPhysicalAddress))
        .forEach(doubt -> add(doubt, ranges));
    this.starts = ranges.stream().mapToLong(range -> range[0]).toArray();
    this.ends = ranges.stream().mapToLong(range -> range[1]).toArray();
  }

  private static void add(Doubt doubt, List<long[]> ranges) {
    long end = DoubtList.end(doubt);
    if (!ranges.isEmpty() && ranges.getLast()[1] >= doubt.getPhysicalAddress()) {
      ranges.getLast()[1] = Math.max(ranges.getLast()[1], end);
    } else {
      ranges.add(new long[] {doubt.getPhysicalAddress(), end});
    }
  }

  /** The doubts. */
  public List<Doubt> doubts() {
    return doubts;
  }

  /** Marks those of consecutive pages that are present and in a doubtful range. */
  public void mark(long physicalAddress, int pageCount, PageState[] states) {
    if (starts.length == 0) {
      return;
    }
    long end = physicalAddress + Pages.address(pageCount);
    for (int range = RangeEnds.firstAfter(ends, physicalAddress);
        range < starts.length && starts[range] < end;
        range++) {
      long from = Math.max(starts[range], physicalAddress);
      long to = Math.min(ends[range], end);
      for (long at = from; at < to; at += Pages.SIZE) {
        int page = (int) Pages.frameNumber(at - physicalAddress);
        if (states[page] == PageState.PRESENT) {
          states[page] = PageState.DOUBTFUL;
        }
      }
    }
  }
}
