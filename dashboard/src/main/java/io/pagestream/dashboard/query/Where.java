package io.pagestream.dashboard.query;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A condition in SQL. Its text consists only of constants of this program; input from clients is
 * passed as parameters.
 */
public final class Where {
  private final StringBuilder sql = new StringBuilder("true");
  private final List<Object> parameters = new ArrayList<>();

  /** Adds a condition with {@code ?} for each parameter. */
  public Where and(String condition, Object... values) {
    sql.append(" AND (").append(condition).append(')');
    Collections.addAll(parameters, values);
    return this;
  }

  /** Adds that a column has one of several values; without values there is no condition. */
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
