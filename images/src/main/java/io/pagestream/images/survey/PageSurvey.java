package io.pagestream.images.survey;

import io.pagestream.images.interval.Interval;
import io.pagestream.images.interval.Intervals;
import io.pagestream.images.memory.MemoryImage;
import io.pagestream.images.memory.PageCounts;
import io.pagestream.images.memory.PageState;
import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.images.memory.ZeroPages;
import io.pagestream.schemas.page.Pages;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * What reading every page of an image shows. Stretches of zeros inside memory are listed because
 * some acquirers write zeros for memory that they could not read; free memory that a kernel has
 * cleared looks the same, so a stretch is a reason to ask, not a finding.
 *
 * @param counts pages by their state
 * @param zeroPages pages whose bytes the image holds, and which contain only zeros
 * @param zeroStretches the longest stretches of such pages, in bytes of physical addresses, by
 *     descending length
 */
public record PageSurvey(PageCounts counts, long zeroPages, List<Interval> zeroStretches) {
  /** Shorter stretches are not listed: 1 MiB. */
  public static final long SHORTEST_STRETCH_BYTES = 1L << 20;

  /** Number of stretches listed. */
  private static final int MOST_STRETCHES = 16;

  private static final int BLOCK_PAGES = 256;

  /** Copies the list. */
  public PageSurvey {
    zeroStretches = List.copyOf(zeroStretches);
  }

  /**
   * Reads every page.
   *
   * @param progress receives the number of pages read so far
   * @throws InterruptedException if the thread was interrupted
   */
  public static PageSurvey of(MemoryImage image, LongConsumer progress)
      throws InterruptedException {
    PageCounts.Counter counts = new PageCounts.Counter();
    Intervals.Builder zeros = new Intervals.Builder();
    long zeroPages = 0;
    long done = 0;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(Pages.address(BLOCK_PAGES), Pages.SIZE);
      PageState[] states = new PageState[BLOCK_PAGES];
      for (PhysicalExtent extent : image.extents()) {
        for (long page = 0; page < extent.pageCount(); ) {
          if (Thread.interrupted()) {
            throw new InterruptedException("interrupted while reading an image");
          }
          long address = extent.physicalAddress() + Pages.address(page);
          long hole = Math.min(extent.pageCount() - page, image.zeroPagesFrom(address));
          if (hole > 0) {
            counts.count(PageState.PRESENT, hole);
            zeroPages += hole;
            zeros.add(address, address + Pages.address(hole));
            page += hole;
            done += hole;
            progress.accept(done);
            continue;
          }
          int count = (int) Math.min(BLOCK_PAGES, extent.pageCount() - page);
          image.read(address, count, buffer, states);
          for (int i = 0; i < count; i++) {
            counts.count(states[i]);
            if (states[i].hasBytes() && ZeroPages.isZero(buffer, Pages.address(i))) {
              zeroPages++;
              zeros.add(address + Pages.address(i), address + Pages.address(i + 1L));
            }
          }
          page += count;
          done += count;
          progress.accept(done);
        }
      }
    }
    return new PageSurvey(counts.counts(), zeroPages, longest(zeros.list()));
  }

  private static List<Interval> longest(List<Interval> stretches) {
    return stretches.stream()
        .filter(stretch -> stretch.end() - stretch.start() >= SHORTEST_STRETCH_BYTES)
        .sorted(
            Comparator.comparingLong((Interval stretch) -> stretch.start() - stretch.end())
                .thenComparingLong(Interval::start))
        .limit(MOST_STRETCHES)
        .toList();
  }
}
