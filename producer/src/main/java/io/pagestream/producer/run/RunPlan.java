package io.pagestream.producer.run;

import io.pagestream.images.interval.Interval;
import io.pagestream.images.interval.Intervals;
import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.schemas.page.Pages;
import java.util.Arrays;
import java.util.List;

/**
 * The division of an image's pages into runs. Adjacent extents form one stretch of contiguous
 * memory; each stretch is cut into runs from its first page on, so a run never spans a gap and only
 * the last run of a stretch is short. Run indexes count through all stretches by address.
 */
public final class RunPlan {
  private final int runPages;
  private final List<Interval> stretches;
  private final long[] firstRunOfStretch;
  private final long runCount;

  /**
   * One run.
   *
   * @param index its index within the image
   * @param physicalAddress its first address
   * @param pageCount its length in pages
   * @param precededByPage whether the page directly before it belongs to the image
   * @param pagesAfter pages of the image that follow it without a gap
   */
  public record PlannedRun(
      long index, long physicalAddress, int pageCount, boolean precededByPage, long pagesAfter) {}

  private RunPlan(int runPages, List<Interval> stretches) {
    this.runPages = runPages;
    this.stretches = stretches;
    this.firstRunOfStretch = new long[stretches.size()];
    long runs = 0;
    for (int i = 0; i < stretches.size(); i++) {
      firstRunOfStretch[i] = runs;
      runs += (Pages.frameNumber(stretches.get(i).length()) + runPages - 1) / runPages;
    }
    this.runCount = runs;
  }

  /** The plan for an image's extents, which are sorted and disjoint. */
  public static RunPlan of(List<PhysicalExtent> extents, int runPages) {
    Intervals.Builder stretches = new Intervals.Builder();
    extents.forEach(extent -> stretches.add(extent.physicalAddress(), extent.endAddress()));
    return new RunPlan(runPages, stretches.list());
  }

  /** Number of runs. */
  public long runCount() {
    return runCount;
  }

  /** Pages in a full run. */
  public int runPages() {
    return runPages;
  }

  /** The run with an index from 0 to {@link #runCount()} - 1. */
  public PlannedRun run(long index) {
    if (index < 0 || index >= runCount) {
      throw new IndexOutOfBoundsException("run " + index + " of " + runCount);
    }
    int found = Arrays.binarySearch(firstRunOfStretch, index);
    int at = found >= 0 ? found : -found - 2;
    Interval stretch = stretches.get(at);
    long stretchPages = Pages.frameNumber(stretch.length());
    long firstPage = (index - firstRunOfStretch[at]) * runPages;
    int pages = (int) Math.min(runPages, stretchPages - firstPage);
    return new PlannedRun(
        index,
        stretch.start() + Pages.address(firstPage),
        pages,
        firstPage > 0,
        stretchPages - firstPage - pages);
  }
}
