package io.pagestream.exports.picture;

import io.pagestream.cases.text.HostileText;
import io.pagestream.cases.text.Quantities;
import io.pagestream.exports.picture.SpaceLayout.Break;
import io.pagestream.exports.picture.SpaceLayout.Extent;
import io.pagestream.exports.picture.SpaceLayout.Piece;
import io.pagestream.schemas.page.Pages;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws a map. The address space runs from left to right and over several lines; under the
 * addresses of each line lie its bands.
 */
public final class MapPicture {
  static final int PLOT_WIDTH = 1280;
  static final int PLOT_LEFT = 132;
  static final int BAND_HEIGHT = 24;

  private static final int MARGIN = 28;
  private static final int BAND_GAP = 4;
  private static final int TITLE_HEIGHT = 92;
  private static final int AXIS_HEIGHT = 30;
  private static final int LINE_GAP = 26;
  private static final int MOST_LINES = 8;
  private static final int BREAK_WIDTH = 112;
  private static final int TEXT = 2;
  private static final int MOST_TITLE = 60;

  private static final int PAPER = 0xFFFFFF;
  static final int HOLE = 0xEEEEEE;
  static final int INK = 0x222222;
  private static final int FAINT = 0x777777;
  static final int FINDINGS = 0x882255;

  private final SpaceMap map;
  private final int cell;
  private final List<Band> bands;
  private final Canvas canvas;

  private MapPicture(SpaceMap map) {
    this.map = map;
    this.cell = cell(map.layout());
    this.bands = List.copyOf(map.bands());
    int lines = map.layout().lines();
    int legend = new Legend(map, bands).height();
    this.canvas =
        new Canvas(PLOT_LEFT + PLOT_WIDTH + MARGIN, lineTop(lines) + legend + MARGIN, PAPER);
  }

  /**
   * The layout of a picture: the finest that fits; where all pages fit on one line, they are as
   * wide as there is room.
   */
  static SpaceLayout layout(List<Extent> extents) {
    for (int cell = 16; cell > 1; cell /= 2) {
      SpaceLayout wide =
          SpaceLayout.of(extents, PLOT_WIDTH / cell, 1, Math.max(1, BREAK_WIDTH / cell));
      if (wide.bytesPerColumn() == Pages.SIZE) {
        return wide;
      }
    }
    return SpaceLayout.of(extents, PLOT_WIDTH, MOST_LINES, BREAK_WIDTH);
  }

  /** Writes a map as PNG; needs neither a screen nor fonts. */
  public static void writePng(SpaceMap map, OutputStream out) throws IOException {
    draw(map).writePng(out);
  }

  static Canvas draw(SpaceMap map) {
    MapPicture picture = new MapPicture(map);
    picture.title();
    picture.bandTitles();
    map.layout().pieces().forEach(picture::piece);
    map.layout().breaks().forEach(picture::gap);
    new Axis(picture.canvas, map.layout(), cell(map.layout()))
        .draw(line -> picture.lineTop(line) + AXIS_HEIGHT);
    new Legend(map, picture.bands)
        .draw(picture.canvas, picture.lineTop(map.layout().lines()), MARGIN);
    return picture.canvas;
  }

  /** Pixels that a column is wide. */
  private static int cell(SpaceLayout layout) {
    return PLOT_WIDTH / layout.width();
  }

  private int lineHeight() {
    return AXIS_HEIGHT + bands.size() * (BAND_HEIGHT + BAND_GAP) + LINE_GAP;
  }

  private int lineTop(int line) {
    return TITLE_HEIGHT + line * lineHeight();
  }

  /** Top of a band on a line; bands that are not shown have none. */
  private int bandTop(int line, int band) {
    return lineTop(line) + AXIS_HEIGHT + band * (BAND_HEIGHT + BAND_GAP);
  }

  private void title() {
    String name = HostileText.printable(map.title(), MOST_TITLE).replace("…", "...");
    PixelFont.draw(canvas, "Physical memory of " + name, MARGIN, MARGIN, 3, INK);
    String facts =
        "%s in %s %s; one %s is %s"
            .formatted(
                Quantities.bytes(map.rangePages() * Pages.SIZE),
                Quantities.count(map.rangeCount()),
                map.rangeCount() == 1 ? "range" : "ranges",
                cell == 1 ? "pixel" : "column",
                Quantities.bytes(map.layout().bytesPerColumn()));
    if (map.findingCount() > 0) {
      facts += "; " + Quantities.count(map.findingCount()) + " findings";
    }
    PixelFont.draw(canvas, facts, MARGIN, MARGIN + 34, TEXT, FAINT);
  }

  private void bandTitles() {
    for (int line = 0; line < map.layout().lines(); line++) {
      for (int band = 0; band < bands.size(); band++) {
        int top = bandTop(line, band) + (BAND_HEIGHT - PixelFont.HEIGHT * TEXT) / 2 + 1;
        PixelFont.draw(canvas, bands.get(band).title(), MARGIN, top, TEXT, FAINT);
      }
    }
  }

  private void piece(Piece piece) {
    int left = PLOT_LEFT + piece.x() * cell;
    for (int band = 0; band < bands.size(); band++) {
      int top = bandTop(piece.line(), band);
      canvas.fill(left, top, piece.length() * cell, BAND_HEIGHT, HOLE);
      for (int i = 0; i < piece.length(); i++) {
        int x = left + i * cell;
        int column = piece.firstColumn() + i;
        if (bands.get(band) == Band.FINDINGS) {
          findings(x, top, column);
        } else {
          stack(bands.get(band), x, top, column);
        }
      }
    }
  }

  private void stack(Band band, int x, int top, int column) {
    Ink[] inks = Ink.values();
    long[] pages = new long[inks.length];
    for (int i = 0; i < inks.length; i++) {
      pages[i] = inks[i].band() == band ? map.pages(inks[i], column) : 0;
    }
    int[] heights = Stack.heights(pages, map.pagesPerColumn(), BAND_HEIGHT);
    int bottom = top + BAND_HEIGHT;
    for (int i = 0; i < inks.length; i++) {
      bottom -= heights[i];
      canvas.fill(x, bottom, cell, heights[i], inks[i].rgb());
    }
  }

  /**
   * A bar, its height by the logarithm of the number: one finding shows, a thousand do not hide.
   */
  private void findings(int x, int top, int column) {
    int count = map.findings(column);
    if (count > 0) {
      double share = Math.log1p(count) / Math.log1p(Math.max(1, map.mostFindings()));
      int height = (int) Math.max(3, Math.round(share * BAND_HEIGHT));
      canvas.fill(x, top + BAND_HEIGHT - height, cell, height, FINDINGS);
    }
  }

  /** The mark of what was left out: two zigzag lines and how much it is. */
  private void gap(Break gap) {
    int left = PLOT_LEFT + gap.x() * cell;
    int width = Math.max(1, BREAK_WIDTH / cell) * cell;
    int top = bandTop(gap.line(), 0);
    int height = bands.size() * (BAND_HEIGHT + BAND_GAP) - BAND_GAP;
    for (int y = 0; y < height; y++) {
      int zigzag = Math.abs(y % 12 - 6);
      canvas.fill(left + 2 + zigzag, top + y, 2, 1, FAINT);
      canvas.fill(left + width - 10 + zigzag, top + y, 2, 1, FAINT);
    }
    String size = Quantities.bytes(gap.end() - gap.start()).replace(".0 ", " ");
    centred("hole", left, width, top + height / 2 - 18);
    centred(size, left, width, top + height / 2 + 2);
  }

  private void centred(String text, int left, int width, int top) {
    PixelFont.draw(
        canvas, text, left + (width - PixelFont.width(text, TEXT)) / 2, top, TEXT, FAINT);
  }

  /** Inks of a band that the map has, in order. */
  static List<Ink> inks(SpaceMap map, Band band) {
    List<Ink> inks = new ArrayList<>();
    for (Ink ink : Ink.values()) {
      if (ink.band() == band && map.total(ink) > 0) {
        inks.add(ink);
      }
    }
    return inks;
  }
}
