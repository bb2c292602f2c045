package io.pagestream.cases.tally;

import io.pagestream.cases.text.Words;
import io.pagestream.cases.verdicts.Decision;
import java.util.List;

/** The property by which a table groups verdicts. */
public enum By {
  /** The row that decided, with its reason: the finest. */
  ROW(List.of("verdict", "row", "reason")),
  /** Why a page was not mapped as requested. */
  REASON(List.of("verdict", "reason")),
  /** The kind of the range. */
  RANGE(List.of("range", "verdict")),
  /** What was asked for, what was there, what was granted. */
  TYPE(List.of("requested", "established", "granted"));

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> columns;

  By(List<String> columns) {
    this.columns = columns;
  }

  /** Names of the columns that tell the rows of a table apart. */
  public List<String> columns() {
    return columns;
  }

  /** What stands in these columns for a decision. */
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
