package io.pagestream.analyzers.stage;

import io.pagestream.schemas.avro.CappedRange;
import io.pagestream.schemas.ledger.CappedRanges;
import io.pagestream.schemas.page.Pages;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts the findings of one run that were omitted by the cap, by kind and location. */
final class CappedFindings {
  private final Map<String, Long> byKind = new HashMap<>();
  private final TreeMap<Long, Long> byPage = new TreeMap<>();

  void add(String kind, long address) {
    byKind.merge(kind, 1L, Long::sum);
    byPage.merge(Pages.floor(address), 1L, Long::sum);
  }

  void addAll(CappedFindings other) {
    other.byKind.forEach((kind, count) -> byKind.merge(kind, count, Long::sum));
    other.byPage.forEach((page, count) -> byPage.merge(page, count, Long::sum));
  }

  Map<String, Long> byKind() {
    return byKind;
  }

  /** The pages with more findings than they keep; adjacent pages are joined. */
  List<CappedRange> ranges() {
    return CappedRanges.joined(
        byPage.entrySet().stream()
            .map(page -> new CappedRange(page.getKey(), 1L, page.getValue()))
            .toList());
  }
}
