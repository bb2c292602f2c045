package io.pagestream.cases.query;

import java.io.IOException;
import java.io.OutputStream;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The output format of a query. Names are those of the option {@code --format}. */
public enum AnswerFormat {
  /** Aligned columns, cut to fit and safe for a terminal. */
  TABLE,
  /** RFC 4180, with values escaped for spreadsheets. */
  CSV,
  /** One array of objects. */
  JSON,
  /** One object per line. */
  JSONL;

  /**
   * Writes a result in constant memory.
   *
   * @param most maximum number of rows to write
   * @param out not closed
   * @return whether there were more rows
   */
  public boolean write(ResultSet rows, long most, OutputStream out)
      throws SQLException, IOException {
    return switch (this) {
      case TABLE -> TableAnswer.write(rows, most, out);
      case CSV -> CsvAnswer.write(rows, most, out);
      case JSON -> JsonAnswer.write(rows, most, out, true);
      case JSONL -> JsonAnswer.write(rows, most, out, false);
    };
  }
}
