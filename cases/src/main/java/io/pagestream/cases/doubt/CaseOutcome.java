package io.pagestream.cases.doubt;

import io.pagestream.cases.text.Quantities;
import io.pagestream.schemas.error.PagestreamException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a case ended, and the one rule for its exit code: a case that does not add up has failed; any
 * doubt, failed image, failed analysis or rejected record is 1; only a case without all of them is
 * 0.
 *
 * @param doubts doubts about images
 * @param failedImages images that could not be opened or read to their end
 * @param failedAnalyses analyses (one analyzer, one run) that failed or timed out
 * @param rejectedRecords records of the topics that could not be read or could not be true
 * @param failure why the case is not complete or does not add up; null if it does
 */
public record CaseOutcome(
    long doubts,
    long failedImages,
    long failedAnalyses,
    long rejectedRecords,
    @Nullable PagestreamException failure) {
  private static final int DONE = 0;
  private static final int DONE_WITH_FAILURES = 1;

  /** The exit code of the command that made the case. */
  public int exitCode() {
    if (failure != null) {
      return failure.code().responsible().exitCode();
    }
    return doubts + failedImages + failedAnalyses + rejectedRecords == 0
        ? DONE
        : DONE_WITH_FAILURES;
  }

  /** What makes the exit code 1, in one line; empty if nothing does. */
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
