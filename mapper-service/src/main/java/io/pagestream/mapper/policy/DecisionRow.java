package io.pagestream.mapper.policy;

/**
 * A row of a profile's decision table, with the number that it has in {@code docs/cache-policy.md}.
 *
 * @param <C> the profile's question: facts and request in its own words
 */
interface DecisionRow<C> {
  /** Number in the document, and in every verdict that this row decides. */
  int number();

  /** Whether the row's condition holds. */
  boolean applies(C question);

  /** Reason that is recorded when the row decides, kebab-case; empty if it maps as requested. */
  String reason();

  /** The first of a table's rows whose condition holds; the tables are complete. */
  static <C, R extends DecisionRow<C>> R first(R[] table, C question) {
    for (R row : table) {
      if (row.applies(question)) {
        return row;
      }
    }
    throw new AssertionError("the table is complete, but not for " + question);
  }
}
