package io.pagestream.exports.format;

import io.pagestream.cases.text.HtmlText;
import io.pagestream.cases.text.Quantities;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * A self-contained report: one printable file without scripts, fonts or external links. It shows
 * the images, the page accounting, the location of findings, and the most frequent values of each
 * kind. It does not list every finding; the other formats do.
 */
final class HtmlExport implements StreamExport {
  private static final int MOST_TEXT = 200;
  private static final int MOST_WARNING = 1000;
  private static final int MOST_VALUES = 25;
  private static final int MOST_SHARED = 50;

  @Override
  public ExportCounts write(ExportSource source, OutputStream out) throws IOException {
    Writer html = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    ExportFacts facts = source.facts();
    html.write(HtmlStyle.HEAD);
    html.write("<h1>Memory analysis</h1>\n");
    if (!source.warning().isEmpty()) {
      html.write(
          "<p class=\"altered\" role=\"alert\"><strong>%s</strong></p>\n"
              .formatted(HtmlText.of(source.warning(), MOST_WARNING)));
    }
    html.write("<p>");
    html.write(
        "Pagestream %s, %s to %s</p>\n"
            .formatted(text(facts.toolVersion()), facts.started(), facts.ended()));
    Report report = new Report(source, html);
    report.images();
    report.doubts();
    report.remarks();
    for (ExportFacts.Image image : facts.images()) {
      HtmlMap.write(source, html, image);
    }
    long findings = report.kinds();
    report.shared();
    html.write("</main>\n</body>\n</html>\n");
    html.flush();
    return ExportCounts.all(findings);
  }

  private static String text(String text) {
    return HtmlText.of(text, MOST_TEXT);
  }

  /** The report's sections. */
  private record Report(ExportSource source, Writer html) {
    void images() throws IOException {
      html.write("<h2>Images</h2>\n");
      caseTable(
          "SELECT name, format, size_bytes AS bytes, sha256 AS \"SHA-256\", state FROM images"
              + " ORDER BY place");
      html.write(
          "<h2>Page accounting</h2>\n<p>The outcome for every page of an image's range map:</p>\n");
      caseTable(
          "SELECT name, mapped, overridden, refused, zero, excluded, absent, range_map_pages AS"
              + " \"range map\", CASE WHEN adds_up THEN 'complete' ELSE 'INCOMPLETE' END AS \"page"
              + " accounting\" FROM images"
              + " ORDER BY place");
    }

    void doubts() throws IOException {
      html.write(
          "<h2>Doubts</h2>\n<p>Bytes that were given up, or that are unreadable, doubtful or"
              + " changed.</p>\n");
      caseTable(
          "SELECT coalesce(i.name, '') AS image, d.reason, CASE WHEN d.page_count > 0 THEN '0x' ||"
              + " lower(to_hex(d.physical_address)) ELSE '' END AS \"from address\", d.page_count AS"
              + " pages, d.message FROM doubts d LEFT JOIN images i ON i.image_id = d.image_id ORDER"
              + " BY i.place NULLS FIRST, d.rowid LIMIT 2000");
    }

    void remarks() throws IOException {
      html.write("<h2>Problems, warnings and notes</h2>\n");
      caseTable(
          "SELECT coalesce(i.name, '') AS image, r.kind, r.remark FROM remarks r LEFT JOIN images i"
              + " ON i.image_id = r.image_id WHERE r.kind <> 'hint' ORDER BY i.place NULLS FIRST, r.kind,"
              + " r.remark LIMIT 500");
    }

    long kinds() throws IOException {
      long[] all = {0};
      html.write("<h2>Findings by kind</h2>\n");
      table(
          "SELECT kind, CAST(sum(count) AS BIGINT) AS findings, count(DISTINCT image_id) AS images"
              + " FROM facets WHERE {condition} GROUP BY kind ORDER BY kind",
          List.of());
      source.select(
          "SELECT kind, CAST(sum(count) AS BIGINT) FROM facets WHERE {condition} GROUP BY kind"
              + " ORDER BY kind",
          List.of(),
          rows -> {
            while (rows.next()) {
              all[0] += rows.getLong(2);
              kind(rows.getString(1));
            }
          });
      return all[0];
    }

    private void kind(String kind) throws IOException {
      html.write("<h3>" + text(kind) + ": most frequent values</h3>\n");
      table(
          "SELECT value, count(*) AS count, count(DISTINCT image_id) AS images, min(image) AS image,"
              + " '0x' || lower(to_hex(min(physical_address))) AS \"lowest address\" FROM findings"
              + " WHERE {condition} AND kind = ? GROUP BY value ORDER BY count DESC, value LIMIT "
              + MOST_VALUES,
          List.of(kind));
    }

    void shared() throws IOException {
      html.write("<h2>Values in several images</h2>\n");
      table(
          "SELECT kind, value, count(DISTINCT image_id) AS images, CAST(sum(count) AS BIGINT) AS count"
              + " FROM shared_values WHERE {condition} GROUP BY kind, value HAVING images > 1"
              + " ORDER BY images DESC, count DESC, kind, value LIMIT "
              + MOST_SHARED,
          List.of());
    }

    private void caseTable(String sql) throws IOException {
      source.selectAll(sql, List.of(), rows -> rows(rows));
    }

    private void table(String sql, List<?> parameters) throws IOException {
      source.select(sql, parameters, rows -> rows(rows));
    }

    private void rows(ResultSet rows) throws SQLException, IOException {
      if (!rows.next()) {
        html.write("<p>None.</p>\n");
        return;
      }
      int columns = rows.getMetaData().getColumnCount();
      html.write("<table>\n<thead><tr>");
      for (int i = 1; i <= columns; i++) {
        html.write("<th scope=\"col\">" + text(rows.getMetaData().getColumnLabel(i)) + "</th>");
      }
      html.write("</tr></thead>\n<tbody>\n");
      do {
        html.write("<tr>");
        for (int i = 1; i <= columns; i++) {
          Object value = rows.getObject(i);
          if (value instanceof Long || value instanceof Integer) {
            long number = ((Number) value).longValue();
            html.write("<td class=\"n\">" + Quantities.count(number) + "</td>");
          } else {
            html.write("<td>" + (value == null ? "" : text(rows.getString(i))) + "</td>");
          }
        }
        html.write("</tr>\n");
      } while (rows.next());
      html.write("</tbody>\n</table>\n");
    }
  }
}
