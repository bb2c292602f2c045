package io.pagestream.schemas.ledger;

import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.page.PageBitmap;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Why no analyzer saw a page. A page has one reason, the first that holds in this order. A page
 * that holds only zeros is known content and has none.
 */
public enum Unseen {
  /** The image says that the page was left out. */
  EXCLUDED,
  /** The image should hold the page, but it could not be read. */
  UNREADABLE,
  /** The image has nothing for the page of the range map, so no run carried it. */
  ABSENT,
  /** The mapper refused the page, and refused pages are skipped. */
  WITHHELD,
  /** Its run was lost on the way to the analyzers, or every analyzer failed on it. */
  FAILED;

  /**
   * The reason of a page of a judged run.
   *
   * @param failed whether the run did not reach the analyzers, or all of them failed on it
   * @return null if the page was seen, or is known to be zero
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

  /** As receipts, files and screens write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
