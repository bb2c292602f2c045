package io.pagestream.exports.picture;

import io.pagestream.cases.map.Band;
import io.pagestream.cases.map.Ink;
import io.pagestream.cases.map.MemoryMap;
import io.pagestream.cases.map.SpaceLayout;
import io.pagestream.cases.text.Quantities;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The meaning of the colors in each band, with the number of pages of each. */
final class Legend {
  private static final int TEXT = 2;
  private static final int ROW = 28;
  private static final int SWATCH = 18;
  private static final int SPACE = 26;
  private static final int INK = 0x222222;
  private static final int FAINT = 0x777777;

  private final MemoryMap<SpaceLayout> map;
  private final List<Row> rows = new ArrayList<>();

  /** An entry with its position. */
  private record Entry(int x, int rgb, String text) {}

  /** Entries side by side; the first row of a band has its title. */
  private record Row(String title, List<Entry> entries) {}

  Legend(MemoryMap<SpaceLayout> map, List<Band> bands) {
    this.map = map;
    bands.forEach(this::lay);
  }

  private void lay(Band band) {
    List<Entry> wanted = new ArrayList<>();
    for (Ink ink : map.inks(band)) {
      wanted.add(new Entry(0, ink.rgb(), ink.label() + " " + share(map.total(ink))));
    }
    if (band == Band.RANGES) {
      wanted.add(new Entry(0, MapPicture.HOLE, "not in the range map"));
    } else if (band == Band.FINDINGS) {
      wanted.add(
          new Entry(
              0,
              MapPicture.FINDINGS,
              "up to %s in one column (log scale)"
                  .formatted(Quantities.count(map.mostFindings()))));
    }
    String title = band.title();
    List<Entry> row = new ArrayList<>();
    int x = MapPicture.PLOT_LEFT;
    for (Entry entry : wanted) {
      int width = SWATCH + 8 + PixelFont.width(entry.text(), TEXT);
      if (!row.isEmpty() && x + width > MapPicture.PLOT_LEFT + MapPicture.PLOT_WIDTH) {
        rows.add(new Row(title, row));
        title = "";
        row = new ArrayList<>();
        x = MapPicture.PLOT_LEFT;
      }
      row.add(new Entry(x, entry.rgb(), entry.text()));
      x += width + SPACE;
    }
    rows.add(new Row(title, row));
  }

  private String share(long pages) {
    double percent = 100.0 * pages / Math.max(1, map.rangePages());
    String rounded = percent < 0.1 ? "<0.1%" : String.format(Locale.ROOT, "%.1f%%", percent);
    return Quantities.count(pages) + " (" + rounded + ")";
  }

  int height() {
    return rows.size() * ROW;
  }

  void draw(Canvas canvas, int top, int left) {
    int y = top;
    for (Row row : rows) {
      canvas.text(row.title(), left, y + 2, TEXT, FAINT);
      for (Entry entry : row.entries()) {
        canvas.fill(entry.x(), y, SWATCH, SWATCH, entry.rgb());
        canvas.text(entry.text(), entry.x() + SWATCH + 8, y + 2, TEXT, INK);
      }
      y += ROW;
    }
  }
}
