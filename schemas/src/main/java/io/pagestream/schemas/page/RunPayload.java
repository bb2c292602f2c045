package io.pagestream.schemas.page;

import io.pagestream.schemas.avro.PageReference;
import io.pagestream.schemas.avro.PageRun;
import java.util.List;

/** The bytes of a run's pages, in the record or in a file. */
public final class RunPayload {
  private RunPayload() {}

  /** Number of bytes, inline and by reference. */
  public static int bytes(PageRun run) {
    return run.getPages().remaining() + Pages.SIZE * referencedPages(run);
  }

  /** Pages whose bytes are in a file of the image. */
  public static int referencedPages(PageRun run) {
    return pages(run.getReferences());
  }

  /** Number of pages in the look-ahead; the last one may be incomplete. */
  public static int lookAheadPages(PageRun run) {
    int inline = (run.getLookAhead().remaining() + Pages.SIZE - 1) / Pages.SIZE;
    return inline + pages(run.getLookAheadReferences());
  }

  private static int pages(List<PageReference> references) {
    int pages = 0;
    for (PageReference reference : references) {
      pages += reference.getPageCount();
    }
    return pages;
  }
}
