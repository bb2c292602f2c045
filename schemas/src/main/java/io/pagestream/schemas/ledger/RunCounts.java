package io.pagestream.schemas.ledger;

import io.pagestream.schemas.avro.PageCounts;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.avro.VerdictKind;
import io.pagestream.schemas.avro.VerdictSpan;
import io.pagestream.schemas.page.PageBitmap;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts the pages of a judged run, each in exactly one class, in the order documented in {@code
 * PageCounts.avsc}. The mapper and the analyzers use the same function, so that their receipts can
 * be compared.
 */
public final class RunCounts {
  private RunCounts() {}

  /** The run's pages by outcome. */
  public static PageCounts of(PageRun run) {
    PageCounts counts = new PageCounts();
    for (VerdictSpan span : run.getVerdicts()) {
      if (span.getVerdict() == VerdictKind.REFUSED) {
        counts.setRefused(counts.getRefused() + span.getPageCount());
      } else {
        countReadable(run, span, counts);
      }
    }
    return counts;
  }

  private static void countReadable(PageRun run, VerdictSpan span, PageCounts counts) {
    int end = span.getFirstPage() + span.getPageCount();
    int excluded = 0;
    int unreadable = 0;
    int zero = 0;
    for (int page = span.getFirstPage(); page < end; page++) {
      if (PageBitmap.isSet(run.getExcludedPages(), page)) {
        excluded++;
      } else if (PageBitmap.isSet(run.getUnreadablePages(), page)) {
        unreadable++;
      } else if (PageBitmap.isSet(run.getZeroPages(), page)) {
        zero++;
      }
    }
    int carried = span.getPageCount() - excluded - unreadable - zero;
    counts.setExcluded(counts.getExcluded() + excluded);
    counts.setUnreadable(counts.getUnreadable() + unreadable);
    counts.setZero(counts.getZero() + zero);
    if (span.getVerdict() == VerdictKind.OVERRIDDEN) {
      counts.setOverridden(counts.getOverridden() + carried);
    } else {
      counts.setMapped(counts.getMapped() + carried);
    }
  }

  /** The run's pages by profile and row, for example {@code windows:5}. */
  public static Map<String, Long> byRow(PageRun run) {
    Map<String, Long> pages = new HashMap<>();
    for (VerdictSpan span : run.getVerdicts()) {
      pages.merge(span.getProfile() + ':' + span.getRow(), (long) span.getPageCount(), Long::sum);
    }
    return pages;
  }

  /** The run's refused pages by reason. */
  public static Map<String, Long> refusedByReason(PageRun run) {
    Map<String, Long> pages = new HashMap<>();
    for (VerdictSpan span : run.getVerdicts()) {
      if (span.getVerdict() == VerdictKind.REFUSED) {
        pages.merge(span.getReason(), (long) span.getPageCount(), Long::sum);
      }
    }
    return pages;
  }

  /**
   * The run's pages that were not analyzed, by the name of {@link Unseen}.
   *
   * @param failed whether every analyzer failed on the run
   */
  public static Map<String, Long> notAnalyzed(PageRun run, boolean failed) {
    Map<String, Long> pages = new HashMap<>();
    if (!failed
        && !run.getExcludedPages().hasRemaining()
        && !run.getUnreadablePages().hasRemaining()
        && !run.getWithheldPages().hasRemaining()) {
      return pages; // nearly all runs
    }
    for (int page = 0; page < run.getPageCount(); page++) {
      Unseen reason = Unseen.of(run, page, failed);
      if (reason != null) {
        pages.merge(reason.word(), 1L, Long::sum);
      }
    }
    return pages;
  }
}
