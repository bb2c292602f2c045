package io.pagestream.analyzers.stage;

import io.pagestream.schemas.avro.CappedRange;
import io.pagestream.schemas.avro.Finding;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What all analyzers made of one run.
 *
 * @param findings each artifact once
 * @param capped findings that the cap left out, by kind
 * @param cappedRanges the pages that they start in
 * @param failures analyses that did not come to their end, although they were tried twice
 */
public record RunAnalysis(
    List<Finding> findings,
    Map<String, Long> capped,
    List<CappedRange> cappedRanges,
    List<Failure> failures) {
  /** Copies its collections. */
  public RunAnalysis {
    findings = List.copyOf(findings);
    capped = Map.copyOf(capped);
    cappedRanges = List.copyOf(cappedRanges);
    failures = List.copyOf(failures);
  }

  /**
   * An analyzer that failed on the run.
   *
   * @param analyzer its name
   * @param reason {@code error}, {@code time-out}, {@code blocked} or {@code disabled}
   * @param message what happened, one line
   */
  public record Failure(String analyzer, String reason, String message) {
    static Failure error(String analyzer, Throwable error) {
      return new Failure(analyzer, "error", error.toString());
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
