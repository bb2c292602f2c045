package io.pagestream.cases.coverage;

import io.pagestream.cases.verdicts.VerdictStore;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.page.Pages;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Where the pages of runs lie that have no verdict, because they became dead letters or never came:
 * between the runs that have one and whose indexes do not follow each other. Runs lie by address.
 */
final class LostRuns {
  /** End of each stretch that may hold lost runs, by its start. */
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

  /** Whether pages from an address on, up to the next run with a verdict, may be lost ones. */
  boolean covers(long physicalAddress) {
    Map.Entry<Long, Long> stretch = stretches.floorEntry(physicalAddress);
    return stretch != null && physicalAddress < stretch.getValue();
  }
}
