package io.pagestream.cases.coverage;

import io.pagestream.schemas.ledger.Unseen;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects pages that were not analyzed, by ascending address: their number, and the first ranges.
 */
final class UnseenPages {
  /**
   * Maximum number of ranges kept for each reason; a kernel dump may have a million excluded ones.
   */
  static final int MOST_RANGES = 256;

  private final Map<Unseen, Long> pages = new EnumMap<>(Unseen.class);
  private final Map<Unseen, Long> ranges = new EnumMap<>(Unseen.class);
  private final Map<Unseen, UnseenRange> last = new EnumMap<>(Unseen.class);
  private final List<UnseenRange> kept = new ArrayList<>();

  void add(Unseen reason, long physicalAddress, long pageCount) {
    pages.merge(reason, pageCount, Long::sum);
    UnseenRange before = last.get(reason);
    if (before != null && before.endAddress() == physicalAddress) {
      last.put(
          reason,
          new UnseenRange(reason, before.physicalAddress(), before.pageCount() + pageCount));
      return;
    }
    keep(before);
    last.put(reason, new UnseenRange(reason, physicalAddress, pageCount));
    ranges.merge(reason, 1L, Long::sum);
  }

  private void keep(@Nullable UnseenRange range) {
    // It is the latest range of its reason, so its number is the number of ranges.
    if (range != null && ranges.getOrDefault(range.reason(), 0L) <= MOST_RANGES) {
      kept.add(range);
    }
  }

  /** Pages of each reason that occurs. */
  Map<Unseen, Long> pages() {
    return pages;
  }

  /** The first ranges of each reason, by address; to be called once, at the end. */
  List<UnseenRange> ranges() {
    last.values().forEach(this::keep);
    last.clear();
    kept.sort(Comparator.comparingLong(UnseenRange::physicalAddress));
    return List.copyOf(kept);
  }

  /** Number of ranges of each reason that were not kept, if any. */
  Map<Unseen, Long> moreRanges() {
    Map<Unseen, Long> more = new EnumMap<>(Unseen.class);
    ranges.forEach((reason, count) -> {
      if (count > MOST_RANGES) {
        more.put(reason, count - MOST_RANGES);
      }
    });
    return more;
  }
}
