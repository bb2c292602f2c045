package io.pagestream.cases.verify;

import io.pagestream.cases.casefolder.StoredCase;
import io.pagestream.cases.casefolder.StoredImage;
import io.pagestream.cases.seal.CaseFiles;
import io.pagestream.cases.seal.SealedFile;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Findings by image and kind, compared with the seal, the manifest and the receipts. */
final class FindingCounts {
  /** Limit for files crafted to have more kinds than exist. */
  private static final int MOST_KINDS = 10_000;

  private final SortedMap<String, SortedMap<String, Long>> counts = new TreeMap<>();
  private int kinds;
  private long all;

  void add(String imageId, String kind) {
    all++;
    SortedMap<String, Long> ofImage = counts.computeIfAbsent(imageId, id -> new TreeMap<>());
    if (kinds >= MOST_KINDS && !ofImage.containsKey(kind)) {
      ofImage.merge("(other kinds)", 1L, Long::sum);
    } else if (ofImage.merge(kind, 1L, Long::sum) == 1) {
      kinds++;
    }
  }

  long all() {
    return all;
  }

  /** Reports differences. */
  void compare(StoredCase stored, SealedFile sealed, Report report) {
    if (!counts.equals(sealed.counts())) {
      report.differs(CaseFiles.FINDINGS, "has other counts by image and kind than its seal");
    }
    if (stored.findings() != all) {
      report.differs(
          CaseFiles.MANIFEST,
          "counts %,d findings, %s has %,d".formatted(stored.findings(), CaseFiles.FINDINGS, all));
    }
    for (StoredImage image : stored.images()) {
      Map<String, Long> here = counts.getOrDefault(image.imageId(), new TreeMap<>());
      TreeSet<String> names = new TreeSet<>(here.keySet());
      names.addAll(image.findings().keySet());
      names.addAll(image.receiptFindings().keySet());
      for (String kind : names) {
        compare(stored, image, kind, here.getOrDefault(kind, 0L), report);
      }
    }
  }

  private static void compare(
      StoredCase stored, StoredImage image, String kind, long here, Report report) {
    long listed = image.findings().getOrDefault(kind, 0L);
    if (listed != here) {
      report.differs(
          CaseFiles.FINDINGS,
          "has %,d findings of kind %s of %s, the manifest counts %,d"
              .formatted(here, kind, image.name(), listed));
    }
    long reported = image.receiptFindings().getOrDefault(kind, 0L);
    boolean explained = !stored.addsUp() || (here > reported && image.repeated());
    if (reported != here && explained) {
      report.remark(
          "%s: the analyzers' receipts count %,d findings of kind %s, there are %,d; the job said so"
              .formatted(image.name(), reported, kind, here));
    } else if (reported != here) {
      report.differs(
          CaseFiles.FINDINGS,
          "has %,d findings of kind %s of %s, the analyzers' receipts count %,d"
              .formatted(here, kind, image.name(), reported));
    }
  }
}
