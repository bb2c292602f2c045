package io.pagestream.cases.query;

import io.pagestream.cases.text.CsvText;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;

/** A result as comma-separated values (RFC 4180), with a header. */
final class CsvAnswer {
  private CsvAnswer() {}

  static boolean write(ResultSet rows, long most, OutputStream out)
      throws SQLException, IOException {
    Writer csv = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    ResultSetMetaData meta = rows.getMetaData();
    int columns = meta.getColumnCount();
    for (int i = 1; i <= columns; i++) {
      csv.write(CsvText.field(meta.getColumnLabel(i)));
      csv.write(i < columns ? "," : CsvText.END_OF_LINE);
    }
    boolean more = rows.next();
    for (long written = 0; more && written < most; written++) {
      for (int i = 1; i <= columns; i++) {
        Object value = rows.getObject(i);
        // A negative number is not a formula; only text can be one.
        String text = value == null ? "" : String.valueOf(rows.getString(i));
        csv.write(value instanceof Number ? text : CsvText.field(text));
        csv.write(i < columns ? "," : CsvText.END_OF_LINE);
      }
      more = rows.next();
    }
    csv.flush();
    return more;
  }
}
