package io.pagestream.cases.casefolder;

import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.page.Pages;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An image of a case, as described in {@code manifest.json}.
 *
 * @param imageId its id
 * @param name display name, as given
 * @param pages the ledger: pages by outcome, and {@code rangeMapPages}
 * @param verdictPages judged pages by profile and row, for example {@code windows:5}
 * @param refusedPages refused pages by reason
 * @param findings findings by kind
 * @param receiptFindings findings by kind that the receipts of the analyzers and the producer count
 * @param repeated whether runs were analyzed more than once, so that there may be more findings
 *     than the receipts count
 * @param ranges the range map, sorted by address and disjoint
 * @param doubts doubts about the image
 */
public record StoredImage(
    String imageId,
    String name,
    SortedMap<String, Long> pages,
    SortedMap<String, Long> verdictPages,
    SortedMap<String, Long> refusedPages,
    SortedMap<String, Long> findings,
    SortedMap<String, Long> receiptFindings,
    boolean repeated,
    List<AddressRange> ranges,
    List<Doubt> doubts) {
  /** Copies its collections. */
  public StoredImage {
    pages = new TreeMap<>(pages);
    verdictPages = new TreeMap<>(verdictPages);
    refusedPages = new TreeMap<>(refusedPages);
    findings = new TreeMap<>(findings);
    receiptFindings = new TreeMap<>(receiptFindings);
    ranges = List.copyOf(ranges);
    doubts = List.copyOf(doubts);
  }

  /** Pages of one class of the ledger; 0 if the manifest does not name it. */
  public long pages(String what) {
    return pages.getOrDefault(what, 0L);
  }

  /** Address after the last page of a range. */
  public static long end(AddressRange range) {
    return range.getPhysicalAddress() + Pages.address(range.getPageCount());
  }
}
