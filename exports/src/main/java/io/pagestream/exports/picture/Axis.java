package io.pagestream.exports.picture;

import io.pagestream.cases.map.SpaceLayout;
import io.pagestream.cases.map.SpaceLayout.Piece;
import io.pagestream.cases.text.Quantities;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Addresses above each line: at the start of the line, after each break, and at round addresses.
 * The first two are always labeled; the others if there is room.
 */
final class Axis {
  private static final int TEXT = 2;
  private static final int LABEL_RISE = 28;
  private static final int TICK_RISE = 8;
  private static final int TICK_HEIGHT = 6;

  /** Minimum distance between two round addresses, in pixels. */
  private static final int TICK_SPACE = 190;

  private static final int LABEL_SPACE = 2 * PixelFont.ADVANCE * TEXT;

  private final Canvas canvas;
  private final SpaceLayout layout;
  private final int cell;
  private final List<Label> labels = new ArrayList<>();

  /** Width of a label, in pixels. */
  private record Label(int line, int left, int right) {
    boolean touches(Label other) {
      return line == other.line
          && left < other.right + LABEL_SPACE
          && other.left < right + LABEL_SPACE;
    }
  }

  Axis(Canvas canvas, SpaceLayout layout, int cell) {
    this.canvas = canvas;
    this.layout = layout;
    this.cell = cell;
  }

  /**
   * Draws all addresses; the function returns the row above which the addresses of a line are
   * drawn.
   */
  void draw(IntUnaryOperator bottoms) {
    int line = -1;
    long expected = -1;
    for (Piece piece : layout.pieces()) {
      if (piece.line() != line || piece.start() != expected) {
        tick(piece, piece.start(), bottoms);
      }
      line = piece.line();
      expected = end(piece);
    }
    long step = Long.highestOneBit(layout.bytesPerColumn() * TICK_SPACE / cell) * 2;
    for (Piece piece : layout.pieces()) {
      for (long at = (piece.start() + step) & -step; at < end(piece); at += step) {
        tick(piece, at, bottoms);
      }
    }
  }

  private long end(Piece piece) {
    return piece.start() + piece.length() * layout.bytesPerColumn();
  }

  private void tick(Piece piece, long address, IntUnaryOperator bottoms) {
    int column = (int) ((address - piece.start()) / layout.bytesPerColumn());
    int x = MapPicture.PLOT_LEFT + (piece.x() + column) * cell;
    int bottom = bottoms.applyAsInt(piece.line());
    canvas.fill(x, bottom - TICK_RISE, 2, TICK_HEIGHT, MapPicture.INK);
    String text = Quantities.address(address);
    int width = PixelFont.width(text, TEXT);
    int left = Math.min(x, MapPicture.WIDTH - width - 8);
    Label label = new Label(piece.line(), left, left + width);
    if (labels.stream().noneMatch(label::touches)) {
      labels.add(label);
      canvas.text(text, left, bottom - LABEL_RISE, TEXT, MapPicture.INK);
    }
  }
}
