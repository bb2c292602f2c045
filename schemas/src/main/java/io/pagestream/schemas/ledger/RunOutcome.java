package io.pagestream.schemas.ledger;

import io.pagestream.schemas.avro.CappedRange;
import io.pagestream.schemas.avro.PageCounts;
import java.util.List;
import java.util.Map;

/**
 * The outcome of one run in a stage.
 *
 * @param payloadBytes bytes of page payload in the run when the stage received it
 * @param counts the run's pages by outcome; they add up to its page count
 * @param verdictPages pages by profile and row, for example {@code windows:5}
 * @param refusedPages refused pages by reason
 * @param findings findings by kind
 * @param failures failed analyses by analyzer and reason, for example {@code text:time-out}
 * @param notAnalyzed pages that were not analyzed, by the name of {@link Unseen}; analyzers only
 * @param failed whether every analyzer failed on the run; analyzers only
 * @param cappedFindings findings omitted by the cap, by kind
 * @param cappedRanges the pages in which these start
 * @param decoded streams that analyzers decoded, by codec and {@code streams}, {@code bytes},
 *     {@code cut}
 */
public record RunOutcome(
    long payloadBytes,
    PageCounts counts,
    Map<String, Long> verdictPages,
    Map<String, Long> refusedPages,
    Map<String, Long> findings,
    Map<String, Long> failures,
    Map<String, Long> notAnalyzed,
    boolean failed,
    Map<String, Long> cappedFindings,
    List<CappedRange> cappedRanges,
    Map<String, Long> decoded) {

  /** The outcome in a stage that analyzes nothing. */
  public RunOutcome(
      long payloadBytes,
      PageCounts counts,
      Map<String, Long> verdictPages,
      Map<String, Long> refusedPages,
      Map<String, Long> findings,
      Map<String, Long> failures) {
    this(
        payloadBytes,
        counts,
        verdictPages,
        refusedPages,
        findings,
        failures,
        Map.of(),
        false,
        Map.of(),
        List.of(),
        Map.of());
  }
}
