package io.pagestream.cases.store;

import io.pagestream.cases.finding.FindingColumn;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The columns of findings as SQL, for the places in braces in our scripts. */
final class FindingSql {
  /** Columns of the table, as lines of its CREATE. */
  static final String TABLE = list(",\n  ", c -> c.sql() + " " + c.type().sql() + " NOT NULL");

  /** Columns of a table for rows as they are appended. */
  static final String INCOMING = list(", ", c -> c.sql() + " " + text(c));

  /** By the name of the place. */
  static final Map<String, String> PLACES =
      Map.of(
          "finding_table", TABLE,
          "finding_names", list(", ", FindingColumn::sql),
          "finding_view", list(", ", FindingSql::shown),
          "finding_json", list(", ", c -> c.json() + ": '" + read(c) + "'"),
          "finding_loaded", list(", ", FindingSql::loaded));

  private FindingSql() {}

  private static String list(String between, Function<FindingColumn, String> item) {
    List<FindingColumn> columns = FindingColumn.ALL;
    return columns.stream().map(item).collect(Collectors.joining(between));
  }

  /** As people see it: an id without the hyphens of a UUID. */
  private static String shown(FindingColumn column) {
    return column.type() == FindingColumn.Type.ID
        ? "replace(CAST(%1$s AS VARCHAR), '-', '') AS %1$s".formatted(column.sql())
        : column.sql();
  }

  /** The type as it is appended, where JSON comes as text. */
  private static String text(FindingColumn column) {
    return column.type() == FindingColumn.Type.TEXTS ? "VARCHAR" : column.type().sql();
  }

  /** The type as it is read from JSON, where an id is text. */
  private static String read(FindingColumn column) {
    return column.type() == FindingColumn.Type.ID ? "VARCHAR" : column.type().sql();
  }

  /** What was read from JSON, with the default where an older case has nothing. */
  private static String loaded(FindingColumn column) {
    if (column.type() == FindingColumn.Type.ID) {
      return "CAST(%s AS UUID)".formatted(column.json());
    }
    Object otherwise = column.otherwise();
    return otherwise == null
        ? column.json()
        : "coalesce(%s, '%s')".formatted(column.json(), otherwise);
  }
}
