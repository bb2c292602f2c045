package io.pagestream.cases.verify;

import io.pagestream.cases.seal.SealDifference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects what a verification finds. A file in which every line is wrong gives as many differences
 * as anybody reads, and the number of the others.
 */
final class Report {
  private static final int MOST_OF_A_FILE = 20;

  private final List<SealDifference> differences = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();
  private final List<Verification.Holds> holds = new ArrayList<>();
  private final Map<String, Integer> byFile = new HashMap<>();

  /** Something does not hold. */
  void differs(SealDifference difference) {
    int before = byFile.merge(difference.file(), 1, Integer::sum) - 1;
    if (before < MOST_OF_A_FILE) {
      differences.add(difference);
    }
  }

  void differs(String file, String what) {
    differs(SealDifference.of(file, what));
  }

  /** How many differences of a file there are so far. */
  int count(String file) {
    return byFile.getOrDefault(file, 0);
  }

  /** Something is worth knowing and contradicts nothing. */
  void remark(String remark) {
    if (remarks.size() < MOST_OF_A_FILE) {
      remarks.add(remark);
    } else if (remarks.size() == MOST_OF_A_FILE) {
      remarks.add("there is more of this kind, which is not listed");
    }
  }

  /** Something was checked and holds. */
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
