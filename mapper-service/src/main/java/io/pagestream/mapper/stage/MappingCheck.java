package io.pagestream.mapper.stage;

import io.pagestream.mapper.policy.MappedTypes;
import io.pagestream.schemas.avro.MappingSpan;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.page.RunPayload;
import org.jspecify.annotations.Nullable;

/** Checks the mappings of a run against the rules of {@code MappingSpan.avsc}. */
final class MappingCheck {
  /** Means that many mappings of a page, or more. */
  private static final int MOST_MAPPINGS = 65_535;

  private MappingCheck() {}

  /**
   * Checks that the spans cover the run's pages in order, if there are any, and that each is
   * consistent.
   *
   * @throws PagestreamException {@link ErrorCode#RECORD_CORRUPT} otherwise
   */
  static void check(PageRun run) {
    int covered = 0;
    for (MappingSpan span : run.getMappings()) {
      if (span.getFirstPage() != covered
          || span.getPageCount() < 1
          || span.getPageCount() > run.getPageCount() - covered) {
        throw wrong(
            run,
            "the mappings' span at page %d has %d pages from page %d"
                .formatted(covered, span.getPageCount(), span.getFirstPage()));
      }
      checkFacts(run, span);
      covered += span.getPageCount();
    }
    if (covered != run.getPageCount() && covered != 0) {
      throw wrong(run, "the mappings' spans end at page " + covered);
    }
    checkBefore(run, run.getMappingBefore());
    int next = run.getPageCount();
    for (MappingSpan span : run.getMappingsAfter()) {
      if (span.getFirstPage() != next || span.getPageCount() < 1) {
        throw wrong(
            run,
            "the mappings after it have %d pages from page %d instead of page %d"
                .formatted(span.getPageCount(), span.getFirstPage(), next));
      }
      checkFacts(run, span);
      next += span.getPageCount();
    }
    if (next != run.getPageCount() && next != run.getPageCount() + RunPayload.lookAheadPages(run)) {
      throw wrong(run, "the mappings after it end at page " + next);
    }
  }

  private static void checkBefore(PageRun run, @Nullable MappingSpan span) {
    if (span == null) {
      return;
    }
    if (span.getFirstPage() != -1 || span.getPageCount() != 1) {
      throw wrong(
          run,
          "the mapping of the page before it has %d pages from page %d"
              .formatted(span.getPageCount(), span.getFirstPage()));
    }
    checkFacts(run, span);
  }

  private static void checkFacts(PageRun run, MappingSpan span) {
    int types = span.getCacheTypes();
    if (span.getMappings() < 0
        || span.getMappings() > MOST_MAPPINGS
        || (types & ~MappedTypes.BITS) != 0) {
      throw wrong(
          run,
          "page %d has %d mappings with cache types 0x%x"
              .formatted(span.getFirstPage(), span.getMappings(), types));
    }
    boolean agrees =
        switch (span.getEstablished()) {
          case UNKNOWN -> true;
          case NOT_ESTABLISHED -> types == 0;
          default -> (types & MappedTypes.bit(span.getEstablished())) != 0;
        };
    if (!agrees) {
      throw wrong(
          run,
          "page %d is established as %s, but its mappings have the cache types 0x%x"
              .formatted(span.getFirstPage(), span.getEstablished(), types));
    }
  }

  private static PagestreamException wrong(PageRun run, String what) {
    return PagestreamException.of(
        ErrorCode.RECORD_CORRUPT,
        "run " + run.getRunIndex() + " contradicts itself: " + what,
        "check the dead letter and the program that wrote it");
  }
}
