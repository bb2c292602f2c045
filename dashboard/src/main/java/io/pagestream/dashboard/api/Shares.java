package io.pagestream.dashboard.api;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many subscribers there may be, and who makes room for a new one. Pure. */
final class Shares {
  /** Most subscribers of one client: open tabs of one browser. */
  static final int MOST_EACH = 8;

  /** Most subscribers in all. */
  static final int MOST = 64;

  private Shares() {}

  /**
   * The subscriber that makes room: the client's own first one if it has its share, otherwise, if
   * all places are taken, the first one of the client that has the most. No client can thereby keep
   * another one out.
   *
   * @param owners the client of each subscriber, in the order in which they came
   * @return its index, or -1 if there is room
   */
  static int toReplace(List<String> owners, String newcomer) {
    Map<String, Integer> counts = new HashMap<>();
    owners.forEach(owner -> counts.merge(owner, 1, Integer::sum));
    if (counts.getOrDefault(newcomer, 0) >= MOST_EACH) {
      return owners.indexOf(newcomer);
    }
    if (owners.size() < MOST) {
      return -1;
    }
    String largest =
        owners.stream()
            .max(Comparator.comparingInt(owner -> counts.getOrDefault(owner, 0)))
            .orElseThrow();
    return owners.indexOf(largest);
  }
}
