package io.pagestream.cases.coverage;

import io.pagestream.cases.verdicts.VerdictStore;
import io.pagestream.schemas.ledger.ImageLedger;
import io.pagestream.schemas.ledger.Unseen;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The exact set of pages of an image that were not analyzed, by reason and address. It is computed
 * once, and shown equally in the terminal, {@code summary.txt}, {@code manifest.json} and the
 * dashboard. Pages that contain only zeros are known content and not included.
 *
 * @param pages number of pages of each reason that occurs, in the order of the reasons
 * @param ranges the first ranges of each reason, by address. The complete list is in {@code
 *     verdicts.jsonl}, except for absent pages and lost runs, which have no line there
 * @param moreRanges number of ranges of each reason that are not listed
 * @param withheld withheld pages by the reason of their refusal
 * @param warnings critical warnings about the mapper's verdicts, in sentences
 * @param problems contradictions to the analyzers' receipts, in sentences
 */
public record ImageCoverage(
    Map<Unseen, Long> pages,
    List<UnseenRange> ranges,
    Map<Unseen, Long> moreRanges,
    SortedMap<String, Long> withheld,
    List<String> warnings,
    List<String> problems) {
  /** No pages are known to be missing. */
  public static final ImageCoverage COMPLETE =
      new ImageCoverage(Map.of(), List.of(), Map.of(), new TreeMap<>(), List.of(), List.of());

  /** Copies its collections. */
  public ImageCoverage {
    pages = ordered(pages);
    ranges = List.copyOf(ranges);
    moreRanges = ordered(moreRanges);
    withheld = new TreeMap<>(withheld);
    warnings = List.copyOf(warnings);
    problems = List.copyOf(problems);
  }

  private static Map<Unseen, Long> ordered(Map<Unseen, Long> counts) {
    Map<Unseen, Long> ordered = new EnumMap<>(Unseen.class);
    ordered.putAll(counts);
    return ordered;
  }

  /** Reads the verdicts of an image once, together with the receipts of the analyzers. */
  public static ImageCoverage of(ImageLedger ledger, VerdictStore verdicts) {
    return CoverageCount.of(ledger, verdicts);
  }

  /** The number of all pages that were not analyzed. */
  public long total() {
    return pages.values().stream().mapToLong(Long::longValue).sum();
  }
}
