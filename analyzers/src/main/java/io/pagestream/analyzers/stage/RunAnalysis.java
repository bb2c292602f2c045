package io.pagestream.analyzers.stage;

import io.pagestream.schemas.avro.Finding;
import java.util.List;

/**
 * What all analyzers made of one run.
 *
 * @param findings each artifact once
 * @param failures analyses that did not come to their end
 */
record RunAnalysis(List<Finding> findings, List<Failure> failures) {
  /**
   * An analyzer that failed on the run.
   *
   * @param analyzer its name
   * @param reason {@code error}, {@code time-out} or {@code disabled}
   * @param message what happened, one line
   */
  record Failure(String analyzer, String reason, String message) {}
}
