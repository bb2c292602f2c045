package io.pagestream.schemas.ledger;

import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.PageCounts;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.sample.SampleRecords;
import java.util.Map;

/** Small manifests, runs and outcomes whose counts depend only on the run's index. */
final class Receipts {
  private Receipts() {}

  static ImageManifest manifest(long runCount, int runsPerBlock) {
    return SampleRecords.manifest("image", runCount)
        .setRangeMapPages(pages(runCount))
        .setRunsPerBlock(runsPerBlock)
        .build();
  }

  static PageRun run(long runIndex) {
    return SampleRecords.run("image", runIndex, runIndex << 18, pageCount(runIndex)).build();
  }

  static RunOutcome outcome(long runIndex) {
    long zero = runIndex % 3;
    PageCounts counts =
        PageCounts.newBuilder().setMapped(pageCount(runIndex) - zero).setZero(zero).build();
    return new RunOutcome(
        4096 * (pageCount(runIndex) - zero),
        counts,
        Map.of("windows:" + runIndex % 2, (long) pageCount(runIndex)),
        Map.of(),
        Map.of("email", runIndex),
        Map.of());
  }

  /** Pages of the runs 0 to runCount - 1. */
  static long pages(long runCount) {
    long pages = 0;
    for (long run = 0; run < runCount; run++) {
      pages += pageCount(run);
    }
    return pages;
  }

  private static int pageCount(long runIndex) {
    return (int) (4 + runIndex % 5);
  }
}
