package io.pagestream.findings.verdicts;

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
 */
public record PageSpan(
    long physicalAddress,
    long pageCount,
    PageContent content,
    Decision decision,
    @Nullable Mapping mapping) {

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
        && decision.equals(next.decision)
        && (mapping == null
            ? next.mapping == null
            : next.mapping != null && mapping.further(pageCount).equals(next.mapping));
  }

  /** This span and those that it {@linkplain #goesOnIn goes on in}. */
  PageSpan and(PageSpan next) {
    return new PageSpan(physicalAddress, pageCount + next.pageCount, content, decision, mapping);
  }
}
