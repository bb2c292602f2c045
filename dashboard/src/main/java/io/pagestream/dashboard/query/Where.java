package io.pagestream.dashboard.query;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A condition in SQL. Its text is made of our own words only; what a client says is a parameter.
 */
public final class Where {
  private final StringBuilder sql = new StringBuilder("true");
  private final List<Object> parameters = new ArrayList<>();

  /** Adds a condition, in which {@code ?} stands for each parameter. */
  public Where and(String condition, Object... values) {
    sql.append(" AND (").append(condition).append(')');
    Collections.addAll(parameters, values);
    return this;
  }

  /** Adds that a column is one of some values; no values mean no condition. */
  public Where in(String column, List<String> values) {
    return values.isEmpty()
        ? this
        : and(
            column + " IN (" + String.join(", ", Collections.nCopies(values.size(), "?")) + ")",
            values.toArray());
  }

  /** The condition. */
  public String sql() {
    return sql.toString();
  }

  /** Its parameters, in order. */
  public List<Object> parameters() {
    return List.copyOf(parameters);
  }

  /** Its parameters followed by others. */
  public List<Object> parametersAnd(Object... more) {
    List<Object> all = new ArrayList<>(parameters);
    Collections.addAll(all, more);
    return all;
  }
}
