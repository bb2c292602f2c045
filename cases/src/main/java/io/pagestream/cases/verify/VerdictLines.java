package io.pagestream.cases.verify;

import io.pagestream.cases.casefolder.StoredCase;
import io.pagestream.cases.casefolder.StoredImage;
import io.pagestream.cases.seal.CaseFiles;
import io.pagestream.cases.seal.SealDifference;
import io.pagestream.cases.seal.SealedFile;
import io.pagestream.cases.tally.By;
import io.pagestream.cases.tally.VerdictTable;
import io.pagestream.cases.verdicts.PageSpan;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.page.Pages;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Checks {@code verdicts.jsonl} line by line, and compares its sums with the ledger in the
 * manifest.
 */
final class VerdictLines {
  private static final String FILE = CaseFiles.VERDICTS;
  private static final List<String> PARTS =
      List.of("mapped", "overridden", "refused", "zero", "excluded", "absent");

  private final StoredCase stored;
  private final Report report;
  private final ImagePlaces places;
  private final SortedMap<String, SortedMap<String, Long>> counts = new TreeMap<>();
  private long line;
  private int place = -1;
  private long end;

  VerdictLines(StoredCase stored, Report report) {
    this.stored = stored;
    this.report = report;
    this.places = new ImagePlaces(stored.images());
  }

  void run(SealedFile sealed) {
    int before = report.count(FILE);
    try {
      stored.forEachSpan(this::span);
      if (line != sealed.lines()) {
        report.differs(FILE, "has %,d lines instead of %,d".formatted(line, sealed.lines()));
      }
      if (!counts.equals(sealed.counts())) {
        report.differs(FILE, "has other counts of spans and pages than its seal");
      }
      List<String> problems = VerdictTable.of(stored, By.ROW).problems();
      for (String problem : problems) {
        if (stored.addsUp()) {
          report.differs(FILE, "does not agree with the ledger: " + problem);
        } else {
          report.remark("the pages do not add up, as the job said: " + problem);
        }
      }
    } catch (PagestreamException e) {
      report.differs(new SealDifference(FILE, line + 1, String.valueOf(e.getMessage())));
    }
    stored.images().forEach(this::ranges);
    if (report.count(FILE) == before) {
      report.holds("page accounting", "%,d spans, every sum is the ledger's".formatted(line));
    }
  }

  private void span(String imageId, PageSpan span) {
    line++;
    SortedMap<String, Long> ofImage = counts.computeIfAbsent(imageId, id -> new TreeMap<>());
    ofImage.merge("spans", 1L, Long::sum);
    ofImage.merge("pages", span.pageCount(), Long::sum);
    int here = places.of(imageId);
    long from = span.physicalAddress();
    if (here < 0) {
      differs("names an image that the case does not have");
      return;
    }
    if (here < place) {
      differs("does not stand in the order of the case");
    } else if (here == place && from < end) {
      differs("overlaps the span before it");
    }
    place = here;
    end = from + Pages.address(span.pageCount());
    if (!places.hold(here, from, end)) {
      differs("has pages from 0x%x on that its image does not have".formatted(from));
    }
  }

  /** The ledger's own sums. */
  private void ranges(StoredImage image) {
    long mapPages = image.pages("rangeMapPages");
    long sum = PARTS.stream().mapToLong(image::pages).sum();
    long ranges = image.ranges().stream().mapToLong(range -> range.getPageCount()).sum();
    if (sum != mapPages && stored.addsUp()) {
      report.differs(
          CaseFiles.MANIFEST,
          "%s: the parts are %,d pages, the range map has %,d"
              .formatted(image.name(), sum, mapPages));
    }
    if (ranges != mapPages) {
      report.differs(
          CaseFiles.MANIFEST,
          "%s: the ranges hold %,d pages, the ledger counts %,d"
              .formatted(image.name(), ranges, mapPages));
    }
  }

  private void differs(String what) {
    report.differs(new SealDifference(FILE, line, what));
  }
}
