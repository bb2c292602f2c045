package io.pagestream.analyzers.stage;

import io.pagestream.schemas.avro.CappedRange;
import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.ledger.RunCounts;
import io.pagestream.schemas.ledger.RunOutcome;
import io.pagestream.schemas.page.RunPayload;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The result of all analyzers for one run.
 *
 * @param findings each artifact once
 * @param capped findings that the cap left out, by kind
 * @param cappedRanges the pages in which they start
 * @param decoded streams that were decoded, by codec and {@code streams}, {@code bytes}, {@code
 *     cut}
 * @param failures analyses that failed although they were tried twice
 * @param unseen whether every analyzer of bytes failed
 */
public record RunAnalysis(
    List<Finding> findings,
    Map<String, Long> capped,
    List<CappedRange> cappedRanges,
    Map<String, Long> decoded,
    List<Failure> failures,
    boolean unseen) {
  /** Copies its collections. */
  public RunAnalysis {
    findings = List.copyOf(findings);
    capped = Map.copyOf(capped);
    cappedRanges = List.copyOf(cappedRanges);
    decoded = Map.copyOf(decoded);
    failures = List.copyOf(failures);
  }

  /** The outcome for the receipt of the run's block. */
  public RunOutcome outcome(PageRun run) {
    Map<String, Long> byKind = new HashMap<>();
    findings.forEach(finding -> byKind.merge(finding.getKind(), 1L, Long::sum));
    Map<String, Long> byReason = new HashMap<>();
    failures.forEach(
        failure -> byReason.merge(failure.analyzer() + ':' + failure.reason(), 1L, Long::sum));
    return new RunOutcome(
        RunPayload.bytes(run),
        RunCounts.of(run),
        RunCounts.byRow(run),
        RunCounts.refusedByReason(run),
        byKind,
        byReason,
        RunCounts.notAnalyzed(run, unseen),
        unseen,
        capped,
        cappedRanges,
        decoded);
  }

  /**
   * An analyzer that failed on the run.
   *
   * @param analyzer its name
   * @param reason {@code error}, {@code unreadable}, {@code time-out}, {@code blocked} or {@code
   *     disabled}
   * @param message the problem, one line
   */
  public record Failure(String analyzer, String reason, String message) {
    /** The reason if the bytes of the run could not be read. */
    static final String UNREADABLE = "unreadable";

    static Failure error(String analyzer, Throwable error) {
      return new Failure(analyzer, "error", error.toString());
    }

    /** The file in which the run's pages are could not be read, or has changed. */
    static Failure unreadable(String analyzer, PagestreamException error) {
      return new Failure(analyzer, UNREADABLE, String.valueOf(error.getMessage()));
    }

    static Failure late(
        String analyzer, WorkLimit.Verdict verdict, WorkLimit limit, Duration used) {
      return switch (verdict) {
        case BLOCKED ->
            new Failure(
                analyzer,
                "blocked",
                "waited for something that did not come: %d ms of processor time in more than %d s"
                    .formatted(used.toMillis(), limit.blocked().toSeconds()));
        case TIME_OUT, GO_ON ->
            new Failure(
                analyzer,
                "time-out",
                "used more than %d ms of processor time on one run"
                    .formatted(limit.processor().toMillis()));
      };
    }

    static Failure disabled(String analyzer, int stuck) {
      return new Failure(
          analyzer,
          "disabled",
          "not run: %d of its threads have not come to their end on earlier runs".formatted(stuck));
    }
  }
}
