package io.pagestream.schemas.ledger;

import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.page.PageBitmap;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The reason why a page was not analyzed. A page has one reason, the first that applies in this
 * order. A page that contains only zeros is known content and has none.
 */
public enum Unseen {
  /** The image marks the page as left out. */
  EXCLUDED,
  /** The image should contain the page, but it could not be read. */
  UNREADABLE,
  /** The page is in the range map but not in the image, so no run contains it. */
  ABSENT,
  /** The mapper refused the page, and refused pages are skipped. */
  WITHHELD,
  /** Its run was lost before the analyzers, or every analyzer failed on it. */
  FAILED;

  /**
   * The reason of a page of a judged run.
   *
   * @param failed whether the run did not reach the analyzers, or all of them failed on it
   * @return null if the page was analyzed, or is known to be zero
   */
  public static @Nullable Unseen of(PageRun run, int page, boolean failed) {
    if (PageBitmap.isSet(run.getExcludedPages(), page)) {
      return EXCLUDED;
    }
    if (PageBitmap.isSet(run.getUnreadablePages(), page)) {
      return UNREADABLE;
    }
    if (PageBitmap.isSet(run.getZeroPages(), page)) {
      return null;
    }
    if (PageBitmap.isSet(run.getWithheldPages(), page)) {
      return WITHHELD;
    }
    return failed ? FAILED : null;
  }

  /** The reason as text in receipts, files and on screens. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
