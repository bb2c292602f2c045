package io.pagestream.cases.coverage;

import io.pagestream.cases.verdicts.PageSpan;
import io.pagestream.cases.verdicts.VerdictStore;
import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.Stage;
import io.pagestream.schemas.ledger.ImageLedger;
import io.pagestream.schemas.ledger.StageTotals;
import io.pagestream.schemas.ledger.Unseen;
import io.pagestream.schemas.page.Pages;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Counts the pages of {@link ImageCoverage} from judged spans in ascending order of address. */
final class CoverageCount {
  private final List<AddressRange> ranges;
  private final LostRuns lost;
  private final UnseenPages unseen = new UnseenPages();
  private final MapperShares shares = new MapperShares();

  /** The first range that does not end before {@link #cursor}. */
  private int range;

  /** Address up to which pages have been counted. */
  private long cursor;

  private CoverageCount(List<AddressRange> ranges, LostRuns lost) {
    this.ranges = ranges;
    this.lost = lost;
  }

  static ImageCoverage of(ImageLedger ledger, VerdictStore verdicts) {
    ImageManifest manifest = ledger.manifest();
    if (manifest == null) {
      return ImageCoverage.COMPLETE;
    }
    CoverageCount count = new CoverageCount(manifest.getRanges(), LostRuns.of(manifest, verdicts));
    verdicts.forEachSpan(ledger::isAnalyzed, count::add);
    count.withoutRun(Pages.ADDRESS_LIMIT);
    return count.result(ledger, manifest, verdicts);
  }

  private void add(PageSpan span) {
    withoutRun(span.physicalAddress());
    cursor = span.endAddress();
    shares.add(span);
    Unseen reason = span.notAnalyzed();
    if (reason != null) {
      unseen.add(reason, span.physicalAddress(), span.pageCount());
    }
  }

  /**
   * Counts the pages of the range map from the cursor to an address, which are in no run with a
   * verdict.
   */
  private void withoutRun(long end) {
    while (range < ranges.size()) {
      AddressRange next = ranges.get(range);
      long rangeEnd = next.getPhysicalAddress() + Pages.address(next.getPageCount());
      long from = Math.max(cursor, next.getPhysicalAddress());
      long to = Math.min(end, rangeEnd);
      if (from < to) {
        unseen.add(
            lost.covers(from) ? Unseen.FAILED : Unseen.ABSENT, from, Pages.frameNumber(to - from));
        cursor = to;
      }
      if (rangeEnd > end) {
        return;
      }
      range++;
    }
  }

  private ImageCoverage result(ImageLedger ledger, ImageManifest manifest, VerdictStore verdicts) {
    Map<Unseen, Long> pages = new EnumMap<>(Unseen.class);
    pages.putAll(unseen.pages());
    settleAbsent(pages, manifest.getAbsentPages());
    return new ImageCoverage(
        pages,
        unseen.ranges(),
        unseen.moreRanges(),
        shares.withheld(),
        Stream.concat(shares.warnings(manifest).stream(), PageTableWarnings.of(manifest).stream())
            .toList(),
        problems(ledger, verdicts, pages));
  }

  /**
   * If absent pages are next to lost runs, they cannot be distinguished by address. The manifest
   * contains the number of absent pages, so the counts are exact nevertheless.
   */
  private static void settleAbsent(Map<Unseen, Long> pages, long absent) {
    long counted = pages.getOrDefault(Unseen.ABSENT, 0L);
    long moved = Math.min(absent - counted, pages.getOrDefault(Unseen.FAILED, 0L));
    if (moved > 0) {
      pages.put(Unseen.ABSENT, counted + moved);
      pages.computeIfPresent(
          Unseen.FAILED, (reason, failed) -> failed == moved ? null : failed - moved);
    }
  }

  /** Compares the pages with the analyzers' receipts if these cover all judged runs. */
  private static List<String> problems(
      ImageLedger ledger, VerdictStore verdicts, Map<Unseen, Long> pages) {
    StageTotals analyzers = ledger.totals(Stage.ANALYZERS);
    if (analyzers.runs() != verdicts.totals().runs()
        || analyzers.runs() != ledger.progress(Stage.MAPPER).runs()
        || !ledger.isComplete(Stage.ANALYZERS)) {
      return List.of(); // the ledger reports the missing pages
    }
    for (Unseen reason : Unseen.values()) {
      long receipts = analyzers.notAnalyzed().getOrDefault(reason.word(), 0L);
      long here = pages.getOrDefault(reason, 0L);
      if (reason != Unseen.ABSENT && receipts != here) {
        return List.of(
            "The analyzers' receipts tell of %d pages not analyzed (%s), the verdict records of %d."
                .formatted(receipts, reason.word(), here));
      }
    }
    return List.of();
  }
}
