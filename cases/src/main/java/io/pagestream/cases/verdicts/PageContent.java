package io.pagestream.cases.verdicts;

import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.ledger.Unseen;
import io.pagestream.schemas.page.PageBitmap;
import org.jspecify.annotations.Nullable;

/** The content of a page in the image, independent of the mapper's decision. */
public enum PageContent {
  /** Bytes that are not all zero. */
  BYTES,
  /** Bytes that are not all zero, but may be wrong or at a wrong address: a doubt covers them. */
  DOUBTFUL,
  /** Only zeros. */
  ZERO,
  /** The image marks the page as left out. */
  EXCLUDED,
  /** The image should contain the page, but it could not be read. */
  UNREADABLE;

  /** The content of a run's page; a page in several bitmaps counts as in {@code PageCounts}. */
  static PageContent of(PageRun run, int page) {
    if (PageBitmap.isSet(run.getExcludedPages(), page)) {
      return EXCLUDED;
    }
    if (PageBitmap.isSet(run.getUnreadablePages(), page)) {
      return UNREADABLE;
    }
    if (PageBitmap.isSet(run.getZeroPages(), page)) {
      return ZERO;
    }
    return PageBitmap.isSet(run.getDoubtfulPages(), page) ? DOUBTFUL : BYTES;
  }

  /** Whether the image has bytes of the page that are not all zero, doubtful or not. */
  public boolean hasBytes() {
    return this == BYTES || this == DOUBTFUL;
  }

  /** Why such a page cannot have been analyzed; null if it can, or if it is known to be zero. */
  @Nullable Unseen unseen() {
    return switch (this) {
      case EXCLUDED -> Unseen.EXCLUDED;
      case UNREADABLE -> Unseen.UNREADABLE;
      case BYTES, DOUBTFUL, ZERO -> null;
    };
  }
}
