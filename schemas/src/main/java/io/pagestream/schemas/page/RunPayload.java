package io.pagestream.schemas.page;

import io.pagestream.schemas.avro.PageReference;
import io.pagestream.schemas.avro.PageRun;

/** The bytes of a run's pages, in the record or in a file. */
public final class RunPayload {
  private RunPayload() {}

  /** How many there are, in both places. */
  public static int bytes(PageRun run) {
    return run.getPages().remaining() + Pages.SIZE * referencedPages(run);
  }

  /** Pages whose bytes are in a file of the image. */
  public static int referencedPages(PageRun run) {
    int pages = 0;
    for (PageReference reference : run.getReferences()) {
      pages += reference.getPageCount();
    }
    return pages;
  }
}
