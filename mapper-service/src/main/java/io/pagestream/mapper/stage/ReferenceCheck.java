package io.pagestream.mapper.stage;

import io.pagestream.schemas.avro.PageReference;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.page.Pages;

/** Checks the references of a run against its pages. */
final class ReferenceCheck {
  /** Prevents overflow of sums; the actual limit is in the manifest. */
  private static final int MOST_AHEAD = 1 << 16;

  private ReferenceCheck() {}

  /**
   * Checks that references are sorted and disjoint, and name only pages with bytes.
   *
   * @throws io.pagestream.schemas.error.PagestreamException RECORD_CORRUPT otherwise
   */
  static void check(PageRun run) {
    checkLookAhead(run);
    int next = 0;
    for (PageReference reference : run.getReferences()) {
      int first = reference.getFirstPage();
      int count = reference.getPageCount();
      boolean possible =
          first >= next && count <= run.getPageCount() - first && isPossible(reference);
      if (!possible) {
        throw RunCheck.wrong(run, "an invalid reference to pages: " + reference);
      }
      next = first + count;
      for (int page = first; page < next; page++) {
        if (!CarriedPages.isCarried(run, page)) {
          throw RunCheck.wrong(run, "a reference to page " + page + ", which has no bytes");
        }
      }
    }
  }

  /** The look-ahead must be either inline or by reference, and its references have no gaps. */
  private static void checkLookAhead(PageRun run) {
    int next = run.getPageCount();
    for (PageReference reference : run.getLookAheadReferences()) {
      if (reference.getFirstPage() != next
          || !isPossible(reference)
          || reference.getPageCount() > run.getPageCount() + MOST_AHEAD - next
          || run.getLookAhead().hasRemaining()) {
        throw RunCheck.wrong(run, "a reference to pages after it that cannot be: " + reference);
      }
      next += reference.getPageCount();
    }
  }

  private static boolean isPossible(PageReference reference) {
    return reference.getPageCount() >= 1
        && reference.getFile() >= 0
        && reference.getFileOffset() >= 0
        && reference.getFileOffset() <= Long.MAX_VALUE - Pages.address(reference.getPageCount());
  }
}
