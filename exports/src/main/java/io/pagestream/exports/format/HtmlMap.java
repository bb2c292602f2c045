package io.pagestream.exports.format;

import io.pagestream.cases.text.Quantities;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;

/**
 * An image's physical address space as an inline SVG: its ranges to scale with the holes between
 * them left out, and above them how many findings lie where.
 */
final class HtmlMap {
  private static final int WIDTH = 1000;
  private static final int BARS = 250;
  private static final int DENSITY_HEIGHT = 60;
  private static final int RANGE_HEIGHT = 24;
  private static final int MOST_TEXT = 80;

  private static final List<String> KINDS =
      List.of(
          "ram", "device", "frame-buffer", "firmware-reserved", "acpi", "persistent", "unknown");

  private HtmlMap() {}

  static void write(ExportSource source, Writer html, ExportFacts.Image image) throws IOException {
    long pages = pages(source, image);
    if (pages == 0) {
      return;
    }
    String name = HtmlText.of(image.name(), MOST_TEXT);
    html.write("<h2>Where findings lie in " + name + "</h2>\n");
    html.write(
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"Ranges of %s and findings in them\">\n"
            .formatted(WIDTH, DENSITY_HEIGHT + RANGE_HEIGHT + 4, name));
    density(source, html, image, pages);
    ranges(source, html, image, pages);
    html.write("</svg>\n<ul class=\"legend\">");
    for (String kind : KINDS) {
      html.write(
          "<li><svg viewBox=\"0 0 1 1\" aria-hidden=\"true\"><rect class=\"%s\" width=\"1\" height=\"1\"/></svg> %s</li>"
              .formatted(kind, kind));
    }
    html.write("</ul>\n");
  }

  private static long pages(ExportSource source, ExportFacts.Image image) throws IOException {
    long[] pages = {0};
    source.selectAll(
        "SELECT CAST(coalesce(sum(page_count), 0) AS BIGINT) FROM ranges WHERE image_id = ?",
        List.of(image.imageId()),
        rows -> {
          rows.next();
          pages[0] = rows.getLong(1);
        });
    return pages[0];
  }

  private static void ranges(ExportSource source, Writer html, ExportFacts.Image image, long pages)
      throws IOException {
    source.selectAll(
        "SELECT kind, physical_address, page_count, name, sum(page_count) OVER (ORDER BY physical_address)"
            + " - page_count AS before FROM ranges WHERE image_id = ? ORDER BY physical_address LIMIT 2000",
        List.of(image.imageId()),
        rows -> {
          while (rows.next()) {
            String kind = KINDS.contains(rows.getString(1)) ? rows.getString(1) : "unknown";
            long count = rows.getLong(3);
            double x = (double) rows.getLong(5) * WIDTH / pages;
            html.write(
                String.format(
                    Locale.ROOT,
                    "<rect class=\"%s\" x=\"%.2f\" y=\"%d\" width=\"%.2f\" height=\"%d\"><title>%s %s, %s: %s"
                        + " pages</title></rect>%n",
                    kind,
                    x,
                    DENSITY_HEIGHT + 4,
                    Math.max(0.5, (double) count * WIDTH / pages),
                    RANGE_HEIGHT,
                    Quantities.address(rows.getLong(2)),
                    kind,
                    HtmlText.of(rows.getString(4), MOST_TEXT),
                    Quantities.count(count)));
          }
        });
  }

  private static void density(ExportSource source, Writer html, ExportFacts.Image image, long pages)
      throws IOException {
    source.selectAll(
        """
        WITH places AS (
          SELECT (r.before + (f.physical_address - r.physical_address) // 4096) * ? // ? AS bar
          FROM findings f ASOF JOIN (
            SELECT physical_address, page_count, sum(page_count) OVER (ORDER BY physical_address) - page_count AS before
            FROM ranges WHERE image_id = ?) r
          ON f.physical_address >= r.physical_address
          WHERE f.image_id = ? AND f.physical_address < r.physical_address + r.page_count * 4096)
        SELECT bar, count(*) AS n, max(count(*)) OVER () AS most FROM places WHERE bar >= 0
        GROUP BY bar ORDER BY bar
        """,
        List.of(BARS, pages, image.imageId(), image.imageId()),
        rows -> {
          while (rows.next()) {
            // The square root, so that a few findings are seen beside many.
            double height =
                Math.max(1, DENSITY_HEIGHT * Math.sqrt((double) rows.getLong(2) / rows.getLong(3)));
            html.write(
                String.format(
                    Locale.ROOT,
                    "<rect class=\"density\" x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\"><title>%s"
                        + " findings</title></rect>%n",
                    (double) rows.getLong(1) * WIDTH / BARS,
                    DENSITY_HEIGHT - height,
                    (double) WIDTH / BARS - 0.5,
                    height,
                    Quantities.count(rows.getLong(2))));
          }
        });
  }
}
