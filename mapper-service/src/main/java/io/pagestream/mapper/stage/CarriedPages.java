package io.pagestream.mapper.stage;

import io.pagestream.schemas.avro.PageReference;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.avro.VerdictKind;
import io.pagestream.schemas.avro.VerdictSpan;
import io.pagestream.schemas.page.PageBitmap;
import io.pagestream.schemas.page.Pages;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The pages of a run that are sent as bytes: all except zero, excluded, unreadable and withheld
 * ones.
 */
final class CarriedPages {
  private CarriedPages() {}

  /** Pages that are in no bitmap. */
  static int count(PageRun run) {
    int named = 0;
    for (int first = 0; first < run.getPageCount(); first += 8) {
      int bits =
          octet(run.getZeroPages(), first)
              | octet(run.getExcludedPages(), first)
              | octet(run.getUnreadablePages(), first);
      named += Integer.bitCount(bits);
    }
    return run.getPageCount() - named;
  }

  private static int octet(ByteBuffer bitmap, int firstPage) {
    int index = firstPage >>> 3;
    return index < bitmap.remaining() ? bitmap.get(bitmap.position() + index) & 0xff : 0;
  }

  /**
   * Removes the bytes of refused pages from a judged run, in place: the remaining bytes are moved,
   * and the buffer's limit is reduced. The run then lists the withheld pages: refused pages that
   * are in the image, including zero pages.
   */
  static void withholdRefused(PageRun run) {
    ByteBuffer withheld = PageBitmap.allocate(run.getPageCount());
    ByteBuffer pages = run.getPages();
    int from = pages.position();
    int to = from;
    for (VerdictSpan span : run.getVerdicts()) {
      int end = span.getFirstPage() + span.getPageCount();
      int bytes = 0;
      boolean refused = span.getVerdict() == VerdictKind.REFUSED;
      for (int page = span.getFirstPage(); page < end; page++) {
        bytes += isCarried(run, page) && !isReferenced(run, page) ? Pages.SIZE : 0;
        if (refused && isHeld(run, page)) {
          PageBitmap.set(withheld, page);
        }
      }
      if (!refused) {
        if (from != to) {
          pages.put(to, pages, from, bytes);
        }
        to += bytes;
      }
      from += bytes;
    }
    pages.limit(to);
    run.setReferences(without(run, withheld));
    run.setWithheldPages(withheld);
  }

  private static List<PageReference> without(PageRun run, ByteBuffer withheld) {
    List<PageReference> kept = new ArrayList<>(run.getReferences().size());
    for (PageReference reference : run.getReferences()) {
      int first = reference.getFirstPage();
      int end = first + reference.getPageCount();
      for (int page = first; page < end; page++) {
        if (PageBitmap.isSet(withheld, page)) {
          keep(kept, reference, first, page);
          first = page + 1;
        }
      }
      keep(kept, reference, first, end);
    }
    return kept;
  }

  private static void keep(List<PageReference> kept, PageReference of, int first, int end) {
    if (first < end) {
      long offset = of.getFileOffset() + Pages.address(first - of.getFirstPage());
      kept.add(new PageReference(of.getFile(), offset, first, end - first));
    }
  }

  private static boolean isReferenced(PageRun run, int page) {
    return run.getReferences().stream()
        .anyMatch(reference ->
            page >= reference.getFirstPage()
                && page < reference.getFirstPage() + reference.getPageCount());
  }

  /** Whether a page has bytes that are not all zero. */
  static boolean isCarried(PageRun run, int page) {
    return !PageBitmap.isSet(run.getZeroPages(), page) && isHeld(run, page);
  }

  private static boolean isHeld(PageRun run, int page) {
    return !PageBitmap.isSet(run.getExcludedPages(), page)
        && !PageBitmap.isSet(run.getUnreadablePages(), page);
  }
}
