package io.pagestream.schemas.ledger;

import io.pagestream.schemas.avro.CappedRange;
import io.pagestream.schemas.avro.PageCounts;
import io.pagestream.schemas.avro.RunReceipt;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All receipts of one stage for one image, added up. Maps are sorted by key, so that output written
 * from them is deterministic.
 *
 * @param runs runs finished
 * @param pages pages in these runs
 * @param payloadBytes bytes of page payload in these runs
 * @param counts pages by outcome
 * @param verdictPages pages by profile and row
 * @param refusedPages refused pages by reason
 * @param findings findings by kind
 * @param failures failed analyses by analyzer and reason
 * @param notAnalyzed pages that were not analyzed, by the name of {@link Unseen}; analyzers only
 * @param cappedFindings findings omitted by the cap, by kind
 * @param cappedRanges the pages in which these start, sorted by address
 * @param decoded streams that analyzers decoded, by codec and {@code streams}, {@code bytes},
 *     {@code cut}
 */
public record StageTotals(
    long runs,
    long pages,
    long payloadBytes,
    PageCounts counts,
    SortedMap<String, Long> verdictPages,
    SortedMap<String, Long> refusedPages,
    SortedMap<String, Long> findings,
    SortedMap<String, Long> failures,
    SortedMap<String, Long> notAnalyzed,
    SortedMap<String, Long> cappedFindings,
    List<CappedRange> cappedRanges,
    SortedMap<String, Long> decoded) {

  static StageTotals of(Collection<RunReceipt> receipts) {
    long runs = 0;
    long pages = 0;
    long payloadBytes = 0;
    PageCounts counts = new PageCounts();
    SortedMap<String, Long> verdictPages = new TreeMap<>();
    SortedMap<String, Long> refusedPages = new TreeMap<>();
    SortedMap<String, Long> findings = new TreeMap<>();
    SortedMap<String, Long> failures = new TreeMap<>();
    SortedMap<String, Long> notAnalyzed = new TreeMap<>();
    SortedMap<String, Long> cappedFindings = new TreeMap<>();
    List<CappedRange> cappedRanges = new ArrayList<>();
    SortedMap<String, Long> decoded = new TreeMap<>();
    for (RunReceipt receipt : receipts) {
      runs += receipt.getRuns();
      pages += receipt.getPageCount();
      payloadBytes += receipt.getPayloadBytes();
      PageTotals.add(counts, receipt.getCounts());
      add(verdictPages, receipt.getVerdictPages());
      add(refusedPages, receipt.getRefusedPages());
      add(findings, receipt.getFindings());
      add(failures, receipt.getFailures());
      add(notAnalyzed, receipt.getNotAnalyzed());
      add(cappedFindings, receipt.getCappedFindings());
      cappedRanges.addAll(receipt.getCappedRanges());
      add(decoded, receipt.getDecoded());
    }
    return new StageTotals(
        runs,
        pages,
        payloadBytes,
        counts,
        verdictPages,
        refusedPages,
        findings,
        failures,
        notAnalyzed,
        cappedFindings,
        CappedRanges.joined(cappedRanges),
        decoded);
  }

  static long sum(Map<String, Long> counts) {
    long sum = 0;
    for (long count : counts.values()) {
      sum += count;
    }
    return sum;
  }

  private static void add(SortedMap<String, Long> into, Map<String, Long> counts) {
    counts.forEach((key, count) -> into.merge(key, count, Long::sum));
  }
}
