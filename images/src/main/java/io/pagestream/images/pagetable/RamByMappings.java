package io.pagestream.images.pagetable;

import io.pagestream.images.interval.Interval;
import io.pagestream.images.interval.Intervals;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Determines where RAM is. A range that only the image's container claims is RAM if most of its
 * pages are mapped write-back, as in the kernel's direct map of all RAM: containers also contain
 * frame buffers and ROMs, which are not.
 */
final class RamByMappings {
  private RamByMappings() {}

  /**
   * RAM by the range map, or by its mappings.
   *
   * @param named mappings of named roots
   * @param byShape mappings of roots found by their shape
   */
  static Intervals of(DetectionFacts facts, FrameTable named, FrameTable byShape) {
    List<Interval> ram = new ArrayList<>();
    add(facts.ram(), ram);
    Intervals container = facts.container();
    for (int i = 0; i < container.size(); i++) {
      long pages = Pages.frameNumber(container.end(i) - container.start(i));
      if (cached(container.start(i), container.end(i), named, byShape) > pages / 2) {
        ram.add(new Interval(container.start(i), container.end(i)));
      }
    }
    ram.sort(Comparator.comparingLong(Interval::start));
    Intervals.Builder builder = new Intervals.Builder();
    ram.forEach(each -> builder.add(each.start(), each.end()));
    return builder.build();
  }

  private static void add(Intervals intervals, List<Interval> to) {
    for (int i = 0; i < intervals.size(); i++) {
      to.add(new Interval(intervals.start(i), intervals.end(i)));
    }
  }

  /** Number of pages with a write-back mapping. */
  private static long cached(long start, long end, FrameTable named, FrameTable byShape) {
    int writeBack = 1 << TypeIndex.of(CacheType.WRITE_BACK);
    long cached = 0;
    for (long at = start; at < end; ) {
      long next = Math.min(named.endOfEqual(at, end), byShape.endOfEqual(at, end));
      int types =
          PageFacts.cacheTypes(named.factsOf(at)) | PageFacts.cacheTypes(byShape.factsOf(at));
      cached += (types & writeBack) != 0 ? Pages.frameNumber(next - at) : 0;
      at = next;
    }
    return cached;
  }
}
