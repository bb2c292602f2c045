package io.pagestream.mapper.stage;

import io.pagestream.mapper.range.RangeMap;
import io.pagestream.schemas.avro.MappingSpan;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.avro.VerdictKind;
import io.pagestream.schemas.avro.VerdictSpan;
import io.pagestream.schemas.page.Pages;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Trims the bytes before and after a run to those that are adjacent to it without a gap or a
 * refused page in between, for a mapper that skips refused pages. The positions and limits of the
 * buffers are moved; nothing is copied. Mappings are known only for the adjacent pages, and the
 * producer sends no more than those.
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

    long end = start + Pages.address(run.getPageCount());
    ByteBuffer ahead = run.getLookAhead();
    int keepAhead =
        isRefused(run.getVerdicts().getLast()) || isRefused(image, end, run.getMappingAfter())
            ? 0
            : after(image, end, ahead.remaining());
    ahead.limit(ahead.position() + keepAhead);
  }

  private static boolean isRefused(VerdictSpan span) {
    return span.getVerdict() == VerdictKind.REFUSED;
  }

  /** Whether the page of an address next to the run does not exist or is refused. */
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

  private static int after(OpenImage image, long end, int bytes) {
    RangeMap map = image.map();
    long last = end + bytes;
    long granted = end + Pages.SIZE;
    while (granted < last) {
      int range = map.indexAt(granted);
      if (range < 0 || image.verdict(range).refused()) {
        break;
      }
      granted = map.end(range);
    }
    return (int) (Math.min(last, granted) - end);
  }
}
