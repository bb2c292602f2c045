package io.pagestream.mapper.plan;

import io.pagestream.schemas.page.Pages;

/**
 * A step of a plan: consecutive pages that are read in the same way.
 *
 * @param start physical address of the first page, in bytes
 * @param end physical address after the last page, in bytes
 * @param method how they are read
 * @param why the reason, in words
 * @param name the source's name for the range; may be empty; hostile text
 */
public record ReadStep(long start, long end, ReadMethod method, String why, String name) {
  /** Length in bytes. */
  public long bytes() {
    return end - start;
  }

  /** Length in pages. */
  public long pageCount() {
    return Pages.frameNumber(end - start);
  }
}
