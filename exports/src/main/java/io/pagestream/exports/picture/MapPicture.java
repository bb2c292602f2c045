package io.pagestream.exports.picture;

import io.pagestream.cases.map.Band;
import io.pagestream.cases.map.Ink;
import io.pagestream.cases.map.MemoryMap;
import io.pagestream.cases.map.SpaceLayout;
import io.pagestream.cases.map.SpaceLayout.Break;
import io.pagestream.cases.map.SpaceLayout.Piece;
import io.pagestream.cases.text.HostileText;
import io.pagestream.cases.text.Quantities;
import io.pagestream.cases.text.Words;
import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.page.Pages;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.util.List;

/**
 * Draws a map, as PNG or SVG. The address space runs from left to right over several lines; the
 * bands of each line are below its addresses.
 */
public final class MapPicture {
  static final int PLOT_WIDTH = 1280;
  static final int PLOT_LEFT = 132;
  static final int BAND_HEIGHT = 24;

  private static final int MARGIN = 28;
  static final int WIDTH = PLOT_LEFT + PLOT_WIDTH + MARGIN;

  private static final int BAND_GAP = 4;
  private static final int TITLE_HEIGHT = 92;
  private static final int AXIS_HEIGHT = 30;
  private static final int LINE_GAP = 26;
  private static final int BREAK_WIDTH = 112;
  private static final int TEXT = 2;
  private static final int MOST_TITLE = 60;

  private static final int PAPER = 0xFFFFFF;
  static final int HOLE = 0xEEEEEE;
  static final int INK = 0x222222;
  private static final int FAINT = 0x777777;
  static final int FINDINGS = 0x882255;

  private static final int MOST_RANGE_NOTES = 2000;
  private static final int MOST_NAME = 80;

  private final MemoryMap<SpaceLayout> map;
  private final int cell;
  private final List<Band> bands;
  private final Canvas canvas;

  private MapPicture(MemoryMap<SpaceLayout> map, Canvas canvas) {
    this.map = map;
    this.cell = cell(map.layout());
    this.bands = List.copyOf(map.bands());
    this.canvas = canvas;
  }

  /** The level of detail of a map. */
  public enum Detail {
    /** One column for each pixel. */
    FINE(1, 8),
    /** With few parts and lines, for a document. */
    COARSE(4, 4);

    private final int leastCell;
    private final int mostLines;

    Detail(int leastCell, int mostLines) {
      this.leastCell = leastCell;
      this.mostLines = mostLines;
    }
  }

  /**
   * The layout of a picture: the finest that fits. If all pages fit on one line, they fill its
   * width.
   *
   * @param ranges the range map: sorted, disjoint
   */
  public static SpaceLayout layout(List<AddressRange> ranges, Detail detail) {
    int least = detail.leastCell;
    for (int cell = 16; cell > least; cell /= 2) {
      SpaceLayout wide =
          SpaceLayout.of(ranges, PLOT_WIDTH / cell, 1, Math.max(1, BREAK_WIDTH / cell));
      if (wide.bytesPerColumn() == Pages.SIZE) {
        return wide;
      }
    }
    return SpaceLayout.of(ranges, PLOT_WIDTH / least, detail.mostLines, BREAK_WIDTH / least);
  }

  /** Writes a map as PNG; needs neither a screen nor fonts. */
  public static void writePng(MemoryMap<SpaceLayout> map, OutputStream out) throws IOException {
    png(map).writePng(out);
  }

  static PngCanvas png(MemoryMap<SpaceLayout> map) {
    PngCanvas canvas = new PngCanvas(WIDTH, height(map), PAPER);
    draw(map, canvas);
    return canvas;
  }

  /** Writes a map as an SVG element of an HTML document, with addresses and numbers as titles. */
  public static void writeSvg(MemoryMap<SpaceLayout> map, Writer html) throws IOException {
    SvgCanvas canvas = new SvgCanvas(WIDTH, height(map), PAPER);
    draw(map, canvas);
    canvas.write("Physical memory of " + name(map), html);
  }

  private static void draw(MemoryMap<SpaceLayout> map, Canvas canvas) {
    MapPicture picture = new MapPicture(map, canvas);
    picture.title();
    picture.bandTitles();
    map.layout().pieces().forEach(picture::piece);
    map.layout().breaks().forEach(picture::gap);
    new Axis(canvas, map.layout(), picture.cell).draw(line -> picture.lineTop(line) + AXIS_HEIGHT);
    new Legend(map, picture.bands).draw(canvas, picture.lineTop(map.layout().lines()), MARGIN);
    picture.rangeNotes();
  }

  private static int height(MemoryMap<SpaceLayout> map) {
    List<Band> bands = List.copyOf(map.bands());
    int plot = map.layout().lines() * lineHeight(bands.size());
    return TITLE_HEIGHT + plot + new Legend(map, bands).height() + MARGIN;
  }

  /** Width of a column, in pixels. */
  private static int cell(SpaceLayout layout) {
    return PLOT_WIDTH / layout.width();
  }

  private static int lineHeight(int bands) {
    return AXIS_HEIGHT + bands * (BAND_HEIGHT + BAND_GAP) + LINE_GAP;
  }

  private int lineTop(int line) {
    return TITLE_HEIGHT + line * lineHeight(bands.size());
  }

  /** Top of a band on a line. */
  private int bandTop(int line, int band) {
    return lineTop(line) + AXIS_HEIGHT + band * (BAND_HEIGHT + BAND_GAP);
  }

  private static String name(MemoryMap<SpaceLayout> map) {
    return HostileText.printable(map.title(), MOST_TITLE).replace("…", "...");
  }

  private void title() {
    canvas.text("Physical memory of " + name(map), MARGIN, MARGIN, 3, INK);
    String facts =
        "%s in %s %s; one %s is %s"
            .formatted(
                Quantities.bytes(map.rangePages() * Pages.SIZE),
                Quantities.count(map.ranges().size()),
                map.ranges().size() == 1 ? "range" : "ranges",
                cell == 1 ? "pixel" : "column",
                Quantities.bytes(map.layout().bytesPerColumn()));
    if (map.findingCount() > 0) {
      facts += "; " + Quantities.count(map.findingCount()) + " findings";
    }
    canvas.text(facts, MARGIN, MARGIN + 34, TEXT, FAINT);
  }

  private void bandTitles() {
    for (int line = 0; line < map.layout().lines(); line++) {
      for (int band = 0; band < bands.size(); band++) {
        int top = bandTop(line, band) + (BAND_HEIGHT - PixelFont.HEIGHT * TEXT) / 2 + 1;
        canvas.text(bands.get(band).title(), MARGIN, top, TEXT, FAINT);
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
    int[] heights = Stack.heights(pages, map.layout().pagesPerCell(), BAND_HEIGHT);
    int bottom = top + BAND_HEIGHT;
    for (int i = 0; i < inks.length; i++) {
      bottom -= heights[i];
      canvas.fill(x, bottom, cell, heights[i], inks[i].rgb());
    }
  }

  /** A bar whose height is logarithmic: a single finding is visible beside thousands. */
  private void findings(int x, int top, int column) {
    long count = map.findings(column);
    if (count > 0) {
      double share = Math.log1p((double) count) / Math.log1p((double) map.mostFindings());
      int height = (int) Math.max(3, Math.round(share * BAND_HEIGHT));
      canvas.fill(x, top + BAND_HEIGHT - height, cell, height, FINDINGS);
      canvas.note(x, top, cell, BAND_HEIGHT, Quantities.count(count) + " findings");
    }
  }

  /** The mark of an omitted range: two zigzag lines and its size. */
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
    canvas.text(text, left + (width - PixelFont.width(text, TEXT)) / 2, top, TEXT, FAINT);
  }

  /** Notes that describe the ranges. Only the first ones, because there can be very many. */
  private void rangeNotes() {
    long bytes = map.layout().bytesPerColumn();
    for (AddressRange range :
        map.ranges().subList(0, Math.min(MOST_RANGE_NOTES, map.ranges().size()))) {
      long start = range.getPhysicalAddress();
      long end = start + Pages.address(range.getPageCount());
      String text =
          "%s %s, %s: %s pages"
              .formatted(
                  Quantities.address(start),
                  Words.of(range.getKind()),
                  HostileText.printable(range.getName(), MOST_NAME),
                  Quantities.count(range.getPageCount()));
      for (Piece piece : map.layout().pieces()) {
        long from = Math.max(0, (start - piece.start()) / bytes);
        long to = Math.min(piece.length(), (end - piece.start() + bytes - 1) / bytes);
        if (start < piece.start() + piece.length() * bytes && end > piece.start()) {
          int left = PLOT_LEFT + (int) (piece.x() + from) * cell;
          int width = (int) (to - from) * cell;
          canvas.note(left, bandTop(piece.line(), 0), width, BAND_HEIGHT, text);
        }
      }
    }
  }
}
