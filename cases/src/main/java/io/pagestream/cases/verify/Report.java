package io.pagestream.cases.verify;

import io.pagestream.cases.seal.SealDifference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects the results of a verification. For a file with very many differences, the first ones are
 * listed and the others are counted.
 */
final class Report {
  private static final int MOST_OF_A_FILE = 20;

  private final List<SealDifference> differences = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();
  private final List<Verification.Holds> holds = new ArrayList<>();
  private final Map<String, Integer> byFile = new HashMap<>();

  /** Reports a difference. */
  void differs(SealDifference difference) {
    int before = byFile.merge(difference.file(), 1, Integer::sum) - 1;
    if (before < MOST_OF_A_FILE) {
      differences.add(difference);
    }
  }

  void differs(String file, String what) {
    differs(SealDifference.of(file, what));
  }

  /** Number of differences of a file so far. */
  int count(String file) {
    return byFile.getOrDefault(file, 0);
  }

  /** Adds a remark that is not a difference. */
  void remark(String remark) {
    if (remarks.size() < MOST_OF_A_FILE) {
      remarks.add(remark);
    } else if (remarks.size() == MOST_OF_A_FILE) {
      remarks.add("there is more of this kind, which is not listed");
    }
  }

  /** Adds a successful check. */
  void holds(String what, String detail) {
    holds.add(new Verification.Holds(what, detail));
  }

  Verification end(String manifestSha256) {
    byFile.forEach((file, count) -> {
      if (count > MOST_OF_A_FILE) {
        differences.add(
            SealDifference.of(file, "has %,d more differences".formatted(count - MOST_OF_A_FILE)));
      }
    });
    return new Verification(manifestSha256, holds, differences, remarks);
  }
}
