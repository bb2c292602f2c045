package io.pagestream.dashboard.api;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows of a result as JSON objects: a column {@code a_b} becomes a field {@code aB}. */
final class Rows {
  private Rows() {}

  /** All rows; the statement must bound their number. */
  static List<Map<String, @Nullable Object>> all(ResultSet rows) throws SQLException {
    List<Map<String, @Nullable Object>> all = new ArrayList<>();
    while (rows.next()) {
      all.add(row(rows));
    }
    return all;
  }

  /** The row at the cursor. */
  static Map<String, @Nullable Object> row(ResultSet rows) throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      row.put(field(columns.getColumnLabel(i)), value(rows.getObject(i)));
    }
    return row;
  }

  private static @Nullable Object value(@Nullable Object value) throws SQLException {
    if (value instanceof Array array) {
      return Arrays.asList((Object[]) array.getArray());
    }
    return value == null || value instanceof Number || value instanceof Boolean
        ? value
        : value.toString();
  }

  private static String field(String column) {
    StringBuilder field = new StringBuilder(column.length());
    for (int i = 0; i < column.length(); i++) {
      char c = column.charAt(i);
      if (c == '_' && i + 1 < column.length()) {
        field.append(Character.toUpperCase(column.charAt(++i)));
      } else {
        field.append(c);
      }
    }
    return field.toString();
  }
}
