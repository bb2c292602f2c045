package io.pagestream.cases.verdicts;

import io.pagestream.schemas.ledger.Unseen;
import io.pagestream.schemas.page.Pages;
import org.jspecify.annotations.Nullable;

/**
 * Consecutive pages with equal properties.
 *
 * @param physicalAddress address of the first page
 * @param pageCount length in pages, at least 1
 * @param content their content in the image
 * @param decision the mapper's decision
 * @param mapping the information in the image's page tables about the first page (an alias
 *     continues page by page), or null if none was read
 * @param notAnalyzed why they were not analyzed; null if they were, or if they are known to be zero
 */
public record PageSpan(
    long physicalAddress,
    long pageCount,
    PageContent content,
    Decision decision,
    @Nullable Mapping mapping,
    @Nullable Unseen notAnalyzed) {

  /** Whether the pages were analyzed or are known to be zero. */
  public PageSpan(
      long physicalAddress,
      long pageCount,
      PageContent content,
      Decision decision,
      @Nullable Mapping mapping) {
    this(physicalAddress, pageCount, content, decision, mapping, content.unseen());
  }

  /** Address after the last page. */
  public long endAddress() {
    return physicalAddress + Pages.address(pageCount);
  }

  /** Whether it contains an address. */
  public boolean covers(long address) {
    return address >= physicalAddress && address < endAddress();
  }

  /** Whether the other span begins at the end of this one, with the same facts. */
  boolean goesOnIn(PageSpan next) {
    return next.physicalAddress == endAddress()
        && content == next.content
        && notAnalyzed == next.notAnalyzed
        && decision.equals(next.decision)
        && (mapping == null
            ? next.mapping == null
            : next.mapping != null && mapping.further(pageCount).equals(next.mapping));
  }

  /** This span joined with one that {@linkplain #goesOnIn continues it}. */
  PageSpan and(PageSpan next) {
    return new PageSpan(
        physicalAddress, pageCount + next.pageCount, content, decision, mapping, notAnalyzed);
  }
}
