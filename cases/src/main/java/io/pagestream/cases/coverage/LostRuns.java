package io.pagestream.cases.coverage;

import io.pagestream.cases.verdicts.VerdictStore;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.page.Pages;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The location of the pages of runs without a verdict, because the runs became dead letters or
 * never arrived. They are between runs with a verdict whose indexes are not consecutive. Runs are
 * ordered by address.
 */
final class LostRuns {
  /** End of each stretch that may contain lost runs, by its start. */
  private final NavigableMap<Long, Long> stretches = new TreeMap<>();

  private long nextIndex;
  private long nextAddress;

  private LostRuns() {}

  static LostRuns of(ImageManifest manifest, VerdictStore verdicts) {
    LostRuns lost = new LostRuns();
    if (verdicts.totals().runs() < manifest.getRunCount()) {
      verdicts.forEachRun(lost::see);
      lost.upTo(manifest.getRunCount(), Pages.ADDRESS_LIMIT);
    }
    return lost;
  }

  private void see(PageRun run) {
    upTo(run.getRunIndex(), run.getPhysicalAddress());
    nextIndex = run.getRunIndex() + 1;
    nextAddress = run.getPhysicalAddress() + Pages.address(run.getPageCount());
  }

  private void upTo(long runIndex, long physicalAddress) {
    if (runIndex > nextIndex && physicalAddress > nextAddress) {
      stretches.put(nextAddress, physicalAddress);
    }
  }

  /** Whether pages from an address up to the next run with a verdict may be in lost runs. */
  boolean covers(long physicalAddress) {
    Map.Entry<Long, Long> stretch = stretches.floorEntry(physicalAddress);
    return stretch != null && physicalAddress < stretch.getValue();
  }
}
