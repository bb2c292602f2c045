package io.pagestream.producer.run;

import io.pagestream.images.interval.Interval;
import io.pagestream.images.interval.Intervals;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.doubt.DoubtList;
import io.pagestream.schemas.doubt.DoubtReason;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.List;

/**
 * Pages that could not be read, as ranges, and failed reads: the first few as text, the rest as a
 * count. The size is bounded regardless of the number of unreadable pages.
 */
final class ReadFailures {
  private static final int TOLD_ONE_BY_ONE = 10;

  /** Maximum number of separate ranges; further ones become part of the last. */
  private static final int MOST_RANGES = 4096;

  private static final String MESSAGE =
      "the pages could not be read and are not analyzed: check the disk and copy the image again";

  private final List<String> first = new ArrayList<>();
  private final Intervals.Builder ranges = new Intervals.Builder(MOST_RANGES);
  private long more;
  private long morePages;

  void add(long physicalAddress, int pageCount, PagestreamException failure) {
    if (first.size() < TOLD_ONE_BY_ONE) {
      first.add(
          "%d pages from physical address 0x%x could not be read: %s"
              .formatted(pageCount, physicalAddress, failure.getMessage()));
    } else {
      more++;
      morePages += pageCount;
    }
  }

  /** Adds an unreadable page, in ascending order. */
  void unreadable(long physicalAddress) {
    ranges.add(physicalAddress, physicalAddress + Pages.SIZE);
  }

  List<String> sentences() {
    List<String> sentences = new ArrayList<>(first);
    if (more > 0) {
      sentences.add("%d more reads failed, for %d pages in total".formatted(more, morePages));
    }
    return sentences;
  }

  /** One doubt per range, except for those that are already known. */
  List<Doubt> doubts(List<Doubt> known) {
    List<Doubt> doubts = new ArrayList<>();
    for (Interval range : ranges.list()) {
      addUnknown(range.start(), range.end(), known, doubts);
    }
    return doubts;
  }

  /** Adds the parts of a range that no known doubt covers. */
  private static void addUnknown(long start, long end, List<Doubt> known, List<Doubt> doubts) {
    long at = start;
    while (at < end) {
      long address = at;
      long covered =
          known.stream()
              .filter(doubt -> DoubtList.covers(doubt, address))
              .mapToLong(DoubtList::end)
              .max()
              .orElse(address);
      if (covered > at) {
        at = covered;
        continue;
      }
      long next =
          known.stream()
              .filter(doubt -> doubt.getPageCount() > 0)
              .mapToLong(Doubt::getPhysicalAddress)
              .filter(begin -> begin > address)
              .min()
              .orElse(end);
      long until = Math.min(next, end);
      doubts.add(DoubtReason.UNREADABLE.of(at, Pages.frameNumber(until - at), MESSAGE));
      at = until;
    }
  }
}
