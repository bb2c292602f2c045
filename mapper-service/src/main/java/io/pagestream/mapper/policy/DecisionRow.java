package io.pagestream.mapper.policy;

import java.util.function.Predicate;

/**
 * A row of a profile's decision table, with its number in {@code docs/cache-policy.md}.
 *
 * @param <C> the profile's case: facts and request in its own terms
 * @param <O> the profile's outcomes
 */
public interface DecisionRow<C, O> {
  /** The row's contents. */
  Rule<C, O> rule();

  /** Number in the document, and in every verdict that this row decides. */
  default int number() {
    return rule().number;
  }

  /** Whether the row's condition holds. */
  default boolean applies(C question) {
    return rule().condition.test(question);
  }

  /** The outcome of the row. */
  default O outcome() {
    return rule().outcome;
  }

  /** Reason that is recorded when the row decides, kebab-case; empty if it maps as requested. */
  default String reason() {
    return rule().reason;
  }

  /** The first of a table's rows whose condition holds; the tables are complete. */
  static <C, R extends DecisionRow<C, ?>> R first(R[] table, C question) {
    for (R row : table) {
      if (row.applies(question)) {
        return row;
      }
    }
    throw new AssertionError("the table is complete, but not for " + question);
  }

  /**
   * The contents of a row.
   *
   * @param condition pure
   */
  record Rule<C, O>(int number, Predicate<C> condition, O outcome, String reason) {}
}
