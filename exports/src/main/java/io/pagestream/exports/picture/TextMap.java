package io.pagestream.exports.picture;

import io.pagestream.cases.map.Band;
import io.pagestream.cases.map.Ink;
import io.pagestream.cases.map.MemoryMap;
import io.pagestream.cases.map.SpaceLayout;
import io.pagestream.cases.map.SpaceLayout.Break;
import io.pagestream.cases.map.SpaceLayout.Piece;
import io.pagestream.cases.text.Quantities;
import io.pagestream.schemas.avro.AddressRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The map as text: a line of addresses, a row of characters, and a legend. */
public final class TextMap {
  private static final int LABEL = 12;
  private static final int LEAST_COLUMNS = 16;
  private static final int BREAK_WIDTH = 4;

  private final MemoryMap<SpaceLayout> map;
  private final boolean unicode;

  private TextMap(MemoryMap<SpaceLayout> map, boolean unicode) {
    this.map = map;
    this.unicode = unicode;
  }

  /**
   * The ranges of an image, without reading its pages.
   *
   * @param ranges its range map: sorted, disjoint
   * @param width characters of a line
   * @param unicode whether block characters can be displayed
   */
  public static List<String> lines(List<AddressRange> ranges, int width, boolean unicode) {
    SpaceLayout layout =
        SpaceLayout.of(ranges, Math.max(LEAST_COLUMNS, width - LABEL - 1), 1, BREAK_WIDTH);
    MemoryMap<SpaceLayout> map = new MemoryMap<>("", layout);
    ranges.forEach(map::addRange);
    return new TextMap(map, unicode).lines();
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(row("address", addresses()));
    lines.add(row("ranges", band(Band.RANGES)));
    lines.add(row("", legend(Band.RANGES)));
    return lines;
  }

  private static String row(String label, String text) {
    return ("  %-" + (LABEL - 2) + "s%s").formatted(label, text).stripTrailing();
  }

  /** Addresses at the beginning of each contiguous piece, if there is room. */
  private String addresses() {
    char[] line = blank();
    int free = 0;
    for (Piece piece : map.layout().pieces()) {
      String label = Quantities.address(piece.start());
      if (piece.x() >= free && piece.x() + label.length() <= line.length) {
        label.getChars(0, label.length(), line, piece.x());
        free = piece.x() + label.length() + 1;
      }
    }
    return new String(line);
  }

  /** The state of most pages in a column; a break is a wave, a gap is blank. */
  private String band(Band band) {
    char[] line = blank();
    for (Piece piece : map.layout().pieces()) {
      for (int i = 0; i < piece.length(); i++) {
        line[piece.x() + i] = glyph(band, piece.firstColumn() + i);
      }
    }
    for (Break gap : map.layout().breaks()) {
      Arrays.fill(line, gap.x() + 1, gap.x() + BREAK_WIDTH - 1, unicode ? '≈' : '~');
    }
    return new String(line);
  }

  private char glyph(Band band, int column) {
    char glyph = ' ';
    long most = 0;
    for (Ink ink : map.inks(band)) {
      if (map.pages(ink, column) > most) {
        most = map.pages(ink, column);
        glyph = ink.glyph(unicode);
      }
    }
    return glyph;
  }

  private String legend(Band band) {
    List<String> entries = new ArrayList<>();
    for (Ink ink : map.inks(band)) {
      entries.add(ink.glyph(unicode) + " " + ink.label());
    }
    if (!map.layout().breaks().isEmpty()) {
      entries.add((unicode ? "≈" : "~") + " hole");
    }
    entries.add("one character: " + Quantities.bytes(map.layout().bytesPerColumn()));
    return String.join("   ", entries);
  }

  private char[] blank() {
    char[] line = new char[map.layout().width()];
    Arrays.fill(line, ' ');
    return line;
  }
}
