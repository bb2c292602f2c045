package io.pagestream.schemas.page;

import io.pagestream.schemas.avro.PageReference;
import io.pagestream.schemas.avro.PageRun;
import java.util.List;

/** The bytes of a run's pages, in the record or in a file. */
public final class RunPayload {
  private RunPayload() {}

  /** How many there are, in both places. */
  public static int bytes(PageRun run) {
    return run.getPages().remaining() + Pages.SIZE * referencedPages(run);
  }

  /** Pages whose bytes are in a file of the image. */
  public static int referencedPages(PageRun run) {
    return pages(run.getReferences());
  }

  /** Pages after the run that it shows, the last one maybe not to its end. */
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
