package io.pagestream.cases.store;

import io.pagestream.cases.finding.FindingColumn;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The columns of findings as SQL, for the placeholders in braces in scripts. */
final class FindingSql {
  /** Columns of the table, as lines of its CREATE statement. */
  static final String TABLE = list(",\n  ", c -> c.sql() + " " + c.type().sql() + " NOT NULL");

  /** Columns of a table for appended rows. */
  static final String INCOMING = list(", ", c -> c.sql() + " " + text(c));

  /** The SQL for each placeholder. */
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

  /** For display: an id without the hyphens of a UUID. */
  private static String shown(FindingColumn column) {
    return column.type() == FindingColumn.Type.ID
        ? "replace(CAST(%1$s AS VARCHAR), '-', '') AS %1$s".formatted(column.sql())
        : column.sql();
  }

  /** The type when appending, where JSON is text. */
  private static String text(FindingColumn column) {
    return column.type() == FindingColumn.Type.TEXTS ? "VARCHAR" : column.type().sql();
  }

  /** The type when reading from JSON, where an id is text. */
  private static String read(FindingColumn column) {
    return column.type() == FindingColumn.Type.ID ? "VARCHAR" : column.type().sql();
  }

  /** The value read from JSON, with a default for older cases without it. */
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
