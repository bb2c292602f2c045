package io.pagestream.cases.verdicts;

import io.pagestream.schemas.ledger.Unseen;
import io.pagestream.schemas.page.Pages;
import org.jspecify.annotations.Nullable;

/**
 * Consecutive pages of which the same is known.
 *
 * @param physicalAddress address of the first page
 * @param pageCount length in pages, at least 1
 * @param content what the image holds of them
 * @param decision what the mapper decided
 * @param mapping what the image's page tables say of the first page (an alias goes on page by
 *     page), or null where none was read
 * @param notAnalyzed why no analyzer saw them; null if one did, or if they are known to be zero
 */
public record PageSpan(
    long physicalAddress,
    long pageCount,
    PageContent content,
    Decision decision,
    @Nullable Mapping mapping,
    @Nullable Unseen notAnalyzed) {

  /** Pages that analyzers saw, if there was anything to see. */
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

  /** Whether an address lies in it. */
  public boolean covers(long address) {
    return address >= physicalAddress && address < endAddress();
  }

  /** Whether the other one begins where this one ends, with the same facts. */
  boolean goesOnIn(PageSpan next) {
    return next.physicalAddress == endAddress()
        && content == next.content
        && notAnalyzed == next.notAnalyzed
        && decision.equals(next.decision)
        && (mapping == null
            ? next.mapping == null
            : next.mapping != null && mapping.further(pageCount).equals(next.mapping));
  }

  /** This span and those that it {@linkplain #goesOnIn goes on in}. */
  PageSpan and(PageSpan next) {
    return new PageSpan(
        physicalAddress, pageCount + next.pageCount, content, decision, mapping, notAnalyzed);
  }
}
