package io.pagestream.schemas.ledger;

import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.MappingSpan;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.avro.VerdictSpan;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.page.Pages;
import java.nio.ByteBuffer;

/** Checks judged runs before they are used, because other clients may write to a topic. */
public final class JudgedRunRules {
  private JudgedRunRules() {}

  /**
   * Checks a run against its image's manifest.
   *
   * @throws PagestreamException {@link ErrorCode#RECORD_CORRUPT} if it is invalid
   */
  public static void check(ImageManifest manifest, PageRun run) {
    int pages = run.getPageCount();
    long start = run.getPhysicalAddress();
    require(run.getRunIndex() >= 0 && run.getRunIndex() < manifest.getRunCount(), "its run number");
    require(pages >= 1 && pages <= manifest.getRunPages(), "its number of pages");
    require(
        start >= 0
            && start == Pages.floor(start)
            && start < Pages.ADDRESS_LIMIT
            && Pages.address(pages) <= Pages.ADDRESS_LIMIT - start,
        "its address");
    int bitmapBytes = (pages + 7) >>> 3;
    require(
        fits(run.getZeroPages(), bitmapBytes)
            && fits(run.getExcludedPages(), bitmapBytes)
            && fits(run.getUnreadablePages(), bitmapBytes)
            && fits(run.getWithheldPages(), bitmapBytes)
            && fits(run.getDoubtfulPages(), bitmapBytes),
        "a bitmap is longer than the run");
    int next = 0;
    for (VerdictSpan span : run.getVerdicts()) {
      next = follow(next, span.getFirstPage(), span.getPageCount(), pages);
    }
    require(next == pages, "its verdicts do not cover it");
    next = 0;
    for (MappingSpan span : run.getMappings()) {
      next = follow(next, span.getFirstPage(), span.getPageCount(), pages);
    }
    require(next == pages || run.getMappings().isEmpty(), "its mappings do not cover it");
  }

  private static boolean fits(ByteBuffer bitmap, int bytes) {
    return bitmap.remaining() <= bytes;
  }

  /** The page after a span that must begin at {@code expected}. */
  private static int follow(int expected, int first, int count, int pages) {
    require(first == expected && count >= 1 && count <= pages - first, "its spans do not follow");
    return first + count;
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw PagestreamException.of(
          ErrorCode.RECORD_CORRUPT,
          "invalid judged run: " + what,
          "check the version that wrote it");
    }
  }
}
