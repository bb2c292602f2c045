package io.pagestream.mapper.stage;

import io.pagestream.schemas.avro.PageReference;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.page.Pages;

/** Holds the references of a run against its pages. */
final class ReferenceCheck {
  private ReferenceCheck() {}

  /**
   * Checks that references are sorted and disjoint, and name only pages with bytes.
   *
   * @throws io.pagestream.schemas.error.PagestreamException RECORD_CORRUPT otherwise
   */
  static void check(PageRun run) {
    int next = 0;
    for (PageReference reference : run.getReferences()) {
      int first = reference.getFirstPage();
      int count = reference.getPageCount();
      boolean possible =
          first >= next
              && count >= 1
              && count <= run.getPageCount() - first
              && reference.getFile() >= 0
              && reference.getFileOffset() >= 0
              && reference.getFileOffset() <= Long.MAX_VALUE - Pages.address(count);
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
}
