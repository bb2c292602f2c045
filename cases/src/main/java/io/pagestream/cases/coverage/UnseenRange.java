package io.pagestream.cases.coverage;

import io.pagestream.schemas.ledger.Unseen;
import io.pagestream.schemas.page.Pages;

/**
 * Consecutive pages that were not analyzed.
 *
 * @param reason why
 * @param physicalAddress address of the first page, in bytes
 * @param pageCount number of pages, at least 1
 */
public record UnseenRange(Unseen reason, long physicalAddress, long pageCount) {
  /** Address after the last page. */
  public long endAddress() {
    return physicalAddress + Pages.address(pageCount);
  }
}
