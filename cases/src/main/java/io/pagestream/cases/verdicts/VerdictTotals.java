package io.pagestream.cases.verdicts;

import io.pagestream.schemas.avro.PageCounts;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.ledger.PageTotals;
import io.pagestream.schemas.ledger.RunCounts;
import io.pagestream.schemas.ledger.StageTotals;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Pages of the verdict records of one image, counted like in the mapper's receipts, so that the two
 * can be compared.
 */
public final class VerdictTotals {
  private final PageCounts counts = new PageCounts();
  private final SortedMap<String, Long> byRow = new TreeMap<>();
  private final SortedMap<String, Long> refusedByReason = new TreeMap<>();
  private long runs;

  VerdictTotals() {}

  void add(PageRun run) {
    runs++;
    PageTotals.add(counts, RunCounts.of(run));
    add(byRow, RunCounts.byRow(run));
    add(refusedByReason, RunCounts.refusedByReason(run));
  }

  private static void add(Map<String, Long> into, Map<String, Long> pages) {
    pages.forEach((key, count) -> into.merge(key, count, Long::sum));
  }

  /** Number of distinct runs. */
  public long runs() {
    return runs;
  }

  /** Whether the mapper's receipts count the same pages, in each class and by row and reason. */
  public boolean agreesWith(StageTotals mapper) {
    return runs == mapper.runs()
        && counts.equals(mapper.counts())
        && byRow.equals(mapper.verdictPages())
        && refusedByReason.equals(mapper.refusedPages());
  }

  /** The page counts as text. */
  @Override
  public String toString() {
    return "%d runs, mapped %d, overridden %d, refused %d, zero %d, excluded %d, unreadable %d"
        .formatted(
            runs,
            counts.getMapped(),
            counts.getOverridden(),
            counts.getRefused(),
            counts.getZero(),
            counts.getExcluded(),
            counts.getUnreadable());
  }
}
