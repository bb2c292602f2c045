package io.pagestream.cases.tally;

import io.pagestream.cases.text.Words;
import io.pagestream.cases.verdicts.Decision;
import java.util.List;

/** The property by which a table groups verdicts. */
public enum By {
  /** The deciding row, with its reason: the finest grouping. */
  ROW(List.of("verdict", "row", "reason")),
  /** The reason why a page was not mapped as requested. */
  REASON(List.of("verdict", "reason")),
  /** The kind of the range. */
  RANGE(List.of("range", "verdict")),
  /** The requested, established and granted cache types. */
  TYPE(List.of("requested", "established", "granted"));

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> columns;

  By(List<String> columns) {
    this.columns = columns;
  }

  /** Names of the columns that distinguish the rows of a table. */
  public List<String> columns() {
    return columns;
  }

  /** The values of these columns for a decision. */
  List<String> labels(Decision decision) {
    String verdict = Words.of(decision.verdict());
    return switch (this) {
      case ROW -> List.of(verdict, decision.profile() + ':' + decision.row(), decision.reason());
      case REASON -> List.of(verdict, decision.reason());
      case RANGE -> List.of(Words.of(decision.rangeKind()), verdict);
      case TYPE ->
          List.of(
              Words.of(decision.requested()),
              Words.of(decision.established()),
              decision.refused() ? "refused" : Words.of(decision.granted()));
    };
  }
}
