package io.pagestream.schemas.ledger;

import io.pagestream.schemas.avro.CappedRange;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Joins ranges of pages whose findings were capped. */
public final class CappedRanges {
  private CappedRanges() {}

  /** The same ranges sorted by address, with adjacent ones joined; they must not overlap. */
  public static List<CappedRange> joined(List<CappedRange> ranges) {
    List<CappedRange> sorted = new ArrayList<>(ranges);
    sorted.sort(Comparator.comparingLong(CappedRange::getPhysicalAddress));
    List<CappedRange> joined = new ArrayList<>();
    for (CappedRange range : sorted) {
      CappedRange last = joined.isEmpty() ? null : joined.getLast();
      if (last != null && end(last) == range.getPhysicalAddress()) {
        joined.set(
            joined.size() - 1,
            new CappedRange(
                last.getPhysicalAddress(),
                last.getPageCount() + range.getPageCount(),
                last.getFindings() + range.getFindings()));
      } else {
        joined.add(range);
      }
    }
    return joined;
  }

  private static long end(CappedRange range) {
    return range.getPhysicalAddress() + Pages.address(range.getPageCount());
  }
}
