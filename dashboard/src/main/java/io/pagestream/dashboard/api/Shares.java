package io.pagestream.dashboard.api;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The limits on subscribers, and the choice of a subscriber to replace. Pure. */
final class Shares {
  /** Maximum number of subscribers of one client: open tabs of one browser. */
  static final int MOST_EACH = 8;

  /** Maximum number of all subscribers. */
  static final int MOST = 64;

  private Shares() {}

  /**
   * The subscriber to replace: the first one of the same client if it has reached its limit.
   * Otherwise, if the total limit is reached, the first one of the client with the most
   * subscribers. No client can thereby exclude another one.
   *
   * @param owners the client of each subscriber, in order of arrival
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
