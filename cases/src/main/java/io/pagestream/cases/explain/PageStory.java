package io.pagestream.cases.explain;

import io.pagestream.cases.casefolder.StoredCase;
import io.pagestream.cases.casefolder.StoredFinding;
import io.pagestream.cases.casefolder.StoredImage;
import io.pagestream.cases.verdicts.PageSpan;
import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.doubt.DoubtList;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All information in a case about one page.
 *
 * @param image the image
 * @param address the requested address, in bytes
 * @param range the range that contains it, or null
 * @param rangeBefore the last range that ends at or before it, or null
 * @param rangeAfter the first range that begins after it, or null
 * @param span the span of judged pages that contains it, or null
 * @param spanBefore the last judged span that ends at or before it, or null
 * @param spanAfter the first judged span that begins after it, or null
 * @param findings the first findings that touch the page
 * @param findingCount number of all findings that touch the page
 */
public record PageStory(
    StoredImage image,
    long address,
    @Nullable AddressRange range,
    @Nullable AddressRange rangeBefore,
    @Nullable AddressRange rangeAfter,
    @Nullable PageSpan span,
    @Nullable PageSpan spanBefore,
    @Nullable PageSpan spanAfter,
    List<StoredFinding> findings,
    long findingCount) {
  private static final int MOST_FINDINGS = 50;

  /** Copies its list. */
  public PageStory {
    findings = List.copyOf(findings);
  }

  /** The doubts about the page. */
  public List<Doubt> doubts() {
    return image.doubts().stream().filter(doubt -> DoubtList.covers(doubt, page())).toList();
  }

  /** Address of the page. */
  public long page() {
    return Pages.floor(address);
  }

  /**
   * Looks up a page; reads the case's verdicts and findings once.
   *
   * @param address any address in the page, from 0 to below {@link Pages#ADDRESS_LIMIT}
   */
  public static PageStory of(StoredCase stored, StoredImage image, long address) {
    Search<AddressRange> range = new Search<>(address);
    image.ranges().forEach(r -> range.see(r, r.getPhysicalAddress(), StoredImage.end(r)));
    Search<PageSpan> span = new Search<>(address);
    stored.forEachSpan((imageId, s) -> {
      if (imageId.equals(image.imageId())) {
        span.see(s, s.physicalAddress(), s.endAddress());
      }
    });
    long page = Pages.floor(address);
    List<StoredFinding> findings = new ArrayList<>();
    long[] count = {0};
    stored.forEachFinding(finding -> {
      long start = finding.address();
      if (finding.imageId().equals(image.imageId())
          && finding.isPhysical()
          && start < page + Pages.SIZE
          && start + Math.max(1, finding.length()) > page) {
        count[0]++;
        if (findings.size() < MOST_FINDINGS) {
          findings.add(finding);
        }
      }
    });
    return new PageStory(
        image,
        address,
        range.at,
        range.before,
        range.after,
        span.at,
        span.before,
        span.after,
        findings,
        count[0]);
  }

  /** Finds the stretch at an address and its neighbors, among stretches in any order. */
  private static final class Search<T> {
    private final long address;
    private @Nullable T at;
    private @Nullable T before;
    private @Nullable T after;
    private long beforeEnd = -1;
    private long afterStart = Long.MAX_VALUE;

    Search(long address) {
      this.address = address;
    }

    void see(T stretch, long start, long end) {
      if (address >= start && address < end) {
        at = stretch;
      } else if (end <= address && end > beforeEnd) {
        before = stretch;
        beforeEnd = end;
      } else if (start > address && start < afterStart) {
        after = stretch;
        afterStart = start;
      }
    }
  }
}
