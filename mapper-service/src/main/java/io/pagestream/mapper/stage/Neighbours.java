package io.pagestream.mapper.stage;

import io.pagestream.mapper.range.RangeMap;
import io.pagestream.schemas.avro.MappingSpan;
import io.pagestream.schemas.avro.PageReference;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.avro.VerdictKind;
import io.pagestream.schemas.avro.VerdictSpan;
import io.pagestream.schemas.page.Pages;
import io.pagestream.schemas.page.RunPayload;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Trims the bytes before and after a run to those that are adjacent to it without a gap or a
 * refused page in between, for a mapper that skips refused pages. The positions and limits of the
 * buffers are moved; nothing is copied. Mappings are known for the page before the run, of which at
 * most a part is sent, and for all pages of the look-ahead.
 */
final class Neighbours {
  private Neighbours() {}

  /** Cuts both sides of a judged run. */
  static void trim(OpenImage image, PageRun run) {
    long start = run.getPhysicalAddress();
    ByteBuffer behind = run.getLookBehind();
    int keepBehind =
        isRefused(run.getVerdicts().getFirst())
                || isRefused(image, start - 1, run.getMappingBefore())
            ? 0
            : before(image, start, behind.remaining());
    behind.position(behind.limit() - keepBehind);

    int keepAhead = isRefused(run.getVerdicts().getLast()) ? 0 : grantedAfter(image, run);
    ByteBuffer ahead = run.getLookAhead();
    ahead.limit(ahead.position() + Math.min(ahead.remaining(), keepAhead * Pages.SIZE));
    run.setLookAheadReferences(first(run.getLookAheadReferences(), run.getPageCount() + keepAhead));
  }

  private static boolean isRefused(VerdictSpan span) {
    return span.getVerdict() == VerdictKind.REFUSED;
  }

  /** Whether the page of an address does not exist or is refused. */
  private static boolean isRefused(OpenImage image, long address, @Nullable MappingSpan tables) {
    int range = image.map().indexAt(address);
    return range < 0 || image.verdict(range, tables).refused();
  }

  private static int before(OpenImage image, long start, int bytes) {
    RangeMap map = image.map();
    long first = start - bytes;
    long granted = Pages.floor(start - 1);
    while (granted > first) {
      int range = map.indexAt(granted - 1);
      if (range < 0 || image.verdict(range).refused()) {
        break;
      }
      granted = map.start(range);
    }
    return (int) (start - Math.max(first, granted));
  }

  /** Number of pages after a run up to the first refused one. */
  private static int grantedAfter(OpenImage image, PageRun run) {
    int first = run.getPageCount();
    int shown = RunPayload.lookAheadPages(run);
    for (int page = first; page < first + shown; page++) {
      long address = run.getPhysicalAddress() + Pages.address(page);
      if (isRefused(image, address, tablesOf(run.getMappingsAfter(), page))) {
        return page - first;
      }
    }
    return shown;
  }

  private static @Nullable MappingSpan tablesOf(List<MappingSpan> spans, int page) {
    for (MappingSpan span : spans) {
      if (page < span.getFirstPage() + span.getPageCount()) {
        return span;
      }
    }
    return null;
  }

  private static List<PageReference> first(List<PageReference> references, int end) {
    List<PageReference> kept = new ArrayList<>(references.size());
    for (PageReference reference : references) {
      int count = Math.min(reference.getPageCount(), end - reference.getFirstPage());
      if (count > 0) {
        kept.add(PageReference.newBuilder(reference).setPageCount(count).build());
      }
    }
    return kept;
  }
}
