package io.pagestream.analyzers.stage;

import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.doubt.DoubtList;
import io.pagestream.schemas.page.PageBitmap;
import io.pagestream.schemas.page.Pages;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Marks findings in pages that a doubt covers: their attribute {@value #ATTRIBUTE} contains the
 * reason why their value or address may be wrong. A finding keeps its id, because the doubt
 * concerns the image.
 */
final class DoubtfulFindings {
  static final String ATTRIBUTE = "doubtful";

  private DoubtfulFindings() {}

  /** Marks a finding if it touches a doubtful page of the run. */
  static void mark(ImageManifest manifest, PageRun run, Finding finding) {
    if (!run.getDoubtfulPages().hasRemaining()) {
      return;
    }
    long start = finding.getLocation().getAddress() - run.getPhysicalAddress();
    long first = Pages.frameNumber(start);
    long last = Pages.frameNumber(start + Math.max(1, finding.getLength()) - 1);
    for (long page = first; page <= last && page < run.getPageCount(); page++) {
      if (PageBitmap.isSet(run.getDoubtfulPages(), (int) page)) {
        Map<String, String> attributes = new TreeMap<>(finding.getAttributes());
        attributes.put(ATTRIBUTE, reason(manifest, run.getPhysicalAddress() + Pages.address(page)));
        finding.setAttributes(attributes);
        return;
      }
    }
  }

  private static String reason(ImageManifest manifest, long address) {
    String reasons =
        manifest.getDoubts().stream()
            .filter(doubt -> DoubtList.covers(doubt, address))
            .map(Doubt::getReason)
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    return reasons.isEmpty() ? "unknown" : reasons;
  }
}
