package io.pagestream.cases.doubt;

import io.pagestream.cases.text.Quantities;
import io.pagestream.schemas.error.PagestreamException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a case, and the one rule for its exit code: a case whose page accounting is
 * incomplete has failed; any doubt, failed image, failed analysis or rejected record results in 1;
 * only a case without any of them results in 0.
 *
 * @param doubts doubts about images
 * @param failedImages images that could not be opened or read to their end
 * @param failedAnalyses analyses (one analyzer, one run) that failed or timed out
 * @param rejectedRecords records of the topics that were unreadable or invalid
 * @param failure why the case is incomplete or its counts disagree; null if there is no failure
 */
public record CaseOutcome(
    long doubts,
    long failedImages,
    long failedAnalyses,
    long rejectedRecords,
    @Nullable PagestreamException failure) {
  private static final int DONE = 0;
  private static final int DONE_WITH_FAILURES = 1;

  /** The exit code of the command that created the case. */
  public int exitCode() {
    if (failure != null) {
      return failure.code().responsible().exitCode();
    }
    return doubts + failedImages + failedAnalyses + rejectedRecords == 0
        ? DONE
        : DONE_WITH_FAILURES;
  }

  /** The reasons for exit code 1, in one line; empty if there are none. */
  public String reasons() {
    List<String> reasons = new ArrayList<>();
    add(reasons, doubts, "doubt", "doubts");
    add(reasons, failedImages, "failed image", "failed images");
    add(reasons, failedAnalyses, "failed analysis", "failed analyses");
    add(reasons, rejectedRecords, "rejected record", "rejected records");
    return String.join(", ", reasons);
  }

  private static void add(List<String> reasons, long count, String one, String many) {
    if (count > 0) {
      reasons.add(Quantities.count(count) + " " + (count == 1 ? one : many));
    }
  }
}
