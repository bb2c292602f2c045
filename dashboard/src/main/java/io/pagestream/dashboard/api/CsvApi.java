package io.pagestream.dashboard.api;

import io.javalin.http.Context;
import io.pagestream.cases.finding.FindingColumn;
import io.pagestream.cases.store.FindingStore;
import io.pagestream.cases.text.CsvText;
import io.pagestream.dashboard.notes.NoteFile;
import io.pagestream.dashboard.query.Asked;
import io.pagestream.dashboard.query.FindingQuery;
import io.pagestream.dashboard.query.KnownValues;
import io.pagestream.dashboard.query.Where;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code GET /api/findings.csv}: the findings of a filter as a file (RFC 4180, UTF-8), streamed
 * while they are read. No field can act as a formula in a spreadsheet.
 */
public final class CsvApi {
  private static final List<String> FIRST = List.of("image", "kind", "value");
  private static final List<String> COLUMNS =
      Stream.concat(
              FIRST.stream(),
              FindingColumn.ALL.stream()
                  .filter(column -> column.type() != FindingColumn.Type.TEXTS)
                  .map(FindingColumn::sql))
          .distinct()
          .toList();
  private static final int ADDRESS = COLUMNS.indexOf("physical_address") + 1;

  private final FindingStore store;
  private final NoteFile notes;

  /** Uses a store and the notes. */
  public CsvApi(FindingStore store, NoteFile notes) {
    this.store = store;
    this.notes = notes;
  }

  /** Streams the file. */
  public void download(Context context) {
    Where where = new KnownValues(store).where(FindingsApi.query(new Asked(context), notes));
    String sql =
        "SELECT %s FROM %s WHERE %s ORDER BY place"
            .formatted(String.join(", ", COLUMNS), FindingQuery.FINDINGS, where.sql());
    store.ask(
        sql,
        where.parameters(),
        rows -> {
          // Set only now: an invalid request has been answered with an error before.
          context.contentType("text/csv; charset=utf-8");
          context.header("Content-Disposition", "attachment; filename=\"findings.csv\"");
          try {
            Writer out =
                new BufferedWriter(
                    new OutputStreamWriter(context.outputStream(), StandardCharsets.UTF_8));
            write(rows, out);
            out.flush();
          } catch (IOException e) {
            throw new UncheckedIOException("the client has disconnected", e);
          }
          return true;
        });
  }

  private static void write(ResultSet rows, Writer out) throws SQLException, IOException {
    out.write(String.join(",", COLUMNS));
    out.write(CsvText.END_OF_LINE);
    while (rows.next()) {
      for (int i = 1; i <= COLUMNS.size(); i++) {
        out.write(i == 1 ? "" : ",");
        out.write(
            i == ADDRESS
                ? "0x" + Long.toHexString(rows.getLong(i))
                : CsvText.field(rows.getString(i)));
      }
      out.write(CsvText.END_OF_LINE);
    }
  }
}
