package io.pagestream.analyzers.stage;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The user's rules about what analyzers report.
 *
 * @param kinds the kinds of findings that are kept; empty for all
 * @param stopList values that are known to be of no interest; their findings are marked, not
 *     omitted, so that a list cannot hide anything
 * @param alertList values of interest
 */
public record ReportRules(Set<String> kinds, ListedValues stopList, ListedValues alertList) {
  /** The attribute that marks findings with listed values. */
  public static final String ATTRIBUTE = "list";

  /** Everything is kept, nothing is marked. */
  public static final ReportRules NONE =
      new ReportRules(Set.of(), ListedValues.NONE, ListedValues.NONE);

  /** Copies its set. */
  public ReportRules {
    kinds = Set.copyOf(kinds);
  }

  /** Whether findings of a kind are kept. */
  public boolean keeps(String kind) {
    return kinds.isEmpty() || kinds.contains(kind);
  }

  /**
   * The mark of a finding: {@code alert} or {@code stop}; empty if its value is on neither list. A
   * value on both lists is of interest.
   */
  public Optional<String> mark(String value, String context) {
    if (alertList.lists(value, context)) {
      return Optional.of("alert");
    }
    return stopList.lists(value, context) ? Optional.of("stop") : Optional.empty();
  }

  /** The rules as settings of a case; only those that are not the default. */
  Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>();
    settings.put("kinds", String.join(",", new TreeSet<>(kinds)));
    settings.put("stop-list-sha256", stopList.sha256());
    settings.put("alert-list-sha256", alertList.sha256());
    settings.values().removeIf(String::isEmpty);
    return settings;
  }
}
