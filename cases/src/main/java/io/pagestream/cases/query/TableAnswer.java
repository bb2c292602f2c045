package io.pagestream.cases.query;

import io.pagestream.cases.text.HostileText;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A result as an aligned table. Widths are those of the first rows, because results of any size are
 * written as they arrive; wider values in later rows are cut.
 */
final class TableAnswer {
  private static final int ROWS_MEASURED = 1000;
  private static final int MOST_WIDTH = 80;

  private final PrintStream out;
  private final int columns;
  private final boolean[] numeric;
  private final int[] widths;
  private final List<String[]> waiting = new ArrayList<>();

  private TableAnswer(PrintStream out, int columns) {
    this.out = out;
    this.columns = columns;
    this.numeric = new boolean[columns];
    this.widths = new int[columns];
  }

  static boolean write(ResultSet rows, long most, OutputStream stream)
      throws SQLException, IOException {
    // Errors must be queried: PrintStream does not throw.
    PrintStream out = new PrintStream(stream, false, StandardCharsets.UTF_8);
    ResultSetMetaData meta = rows.getMetaData();
    TableAnswer table = new TableAnswer(out, meta.getColumnCount());
    String[] header = new String[table.columns];
    for (int i = 0; i < table.columns; i++) {
      header[i] = HostileText.printable(meta.getColumnLabel(i + 1), MOST_WIDTH);
      table.numeric[i] = true;
    }
    boolean more = table.rows(rows, most, header);
    if (out.checkError()) {
      throw new IOException("the output is closed");
    }
    return more;
  }

  private boolean rows(ResultSet rows, long most, String[] header) throws SQLException {
    measure(header);
    waiting.add(header);
    boolean more = rows.next();
    long written = 0;
    for (; more && written < most; written++) {
      String[] row = new String[columns];
      for (int i = 0; i < columns; i++) {
        Object value = rows.getObject(i + 1);
        numeric[i] &= value == null || value instanceof Number || written >= ROWS_MEASURED;
        row[i] = value == null ? "" : HostileText.printable(rows.getString(i + 1), MOST_WIDTH);
      }
      if (written < ROWS_MEASURED) {
        measure(row);
        waiting.add(row);
      } else {
        printWaiting();
        print(row);
      }
      if (out.checkError()) {
        return false;
      }
      more = rows.next();
    }
    printWaiting();
    out.println(
        "(%d row%s%s)".formatted(written, written == 1 ? "" : "s", more ? " and more" : ""));
    return more;
  }

  private void measure(String[] row) {
    for (int i = 0; i < columns; i++) {
      widths[i] = Math.max(widths[i], row[i].length());
    }
  }

  private void printWaiting() {
    for (int i = 0; i < waiting.size(); i++) {
      print(waiting.get(i));
      if (i == 0 && isHeader) {
        rule();
        isHeader = false;
      }
    }
    waiting.clear();
  }

  private boolean isHeader = true;

  private void rule() {
    StringBuilder line = new StringBuilder();
    for (int width : widths) {
      line.append("-".repeat(Math.max(1, width))).append("  ");
    }
    out.println(line.toString().stripTrailing());
  }

  private void print(String[] row) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < columns; i++) {
      String cell = row[i].length() > widths[i] ? HostileText.printable(row[i], widths[i]) : row[i];
      String space = " ".repeat(Math.max(0, widths[i] - cell.length()));
      line.append(numeric[i] ? space + cell : cell + space).append("  ");
    }
    out.println(line.toString().stripTrailing());
  }
}
