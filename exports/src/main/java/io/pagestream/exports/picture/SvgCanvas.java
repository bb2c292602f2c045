package io.pagestream.exports.picture;

import io.pagestream.cases.text.HtmlText;
import java.io.IOException;
import java.io.Writer;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * A drawing as an SVG element within an HTML document. Rectangles of the same color become one
 * path, in the order in which colors are first used: a color that is used later is drawn on top.
 * Adjacent rectangles in a row are merged.
 */
final class SvgCanvas implements Canvas {
  private static final int MOST_TEXT = 200;

  /** Font size at scale 1: a letter of a monospaced font is 0.6 times as wide as its size. */
  private static final int FONT_SIZE = 10;

  /** Distance from the top of a letter to the baseline, at scale 1. */
  private static final int BASELINE = 7;

  private final int width;
  private final int height;
  private final Map<Integer, Shape> shapes = new LinkedHashMap<>();
  private final StringBuilder texts = new StringBuilder();
  private final StringBuilder notes = new StringBuilder();

  /** The rectangles of a color. */
  private static final class Shape {
    private final StringBuilder path = new StringBuilder();
    private final Map<Row, Stretch> open =
        new TreeMap<>(Comparator.comparingInt(Row::top).thenComparingInt(Row::height));

    private record Row(int top, int height) {}

    private record Stretch(int left, int right) {}

    void add(int left, int top, int width, int height) {
      Row row = new Row(top, height);
      Stretch before = open.get(row);
      if (before != null && before.right() == left) {
        open.put(row, new Stretch(before.left(), left + width));
        return;
      }
      if (before != null) {
        write(row, before);
      }
      open.put(row, new Stretch(left, left + width));
    }

    private void write(Row row, Stretch stretch) {
      int width = stretch.right() - stretch.left();
      path.append('M').append(stretch.left()).append(' ').append(row.top());
      path.append('h').append(width).append('v').append(row.height());
      path.append("h-").append(width).append('z');
    }

    String path() {
      open.forEach(this::write);
      open.clear();
      return path.toString();
    }
  }

  SvgCanvas(int width, int height, int rgb) {
    this.width = width;
    this.height = height;
    fill(0, 0, width, height, rgb);
  }

  @Override
  public void fill(int left, int top, int width, int height, int rgb) {
    if (width > 0 && height > 0) {
      shapes.computeIfAbsent(rgb, colour -> new Shape()).add(left, top, width, height);
    }
  }

  @Override
  public void text(String text, int left, int top, int scale, int rgb) {
    if (!text.isEmpty()) {
      texts.append(
          "<text x=\"%d\" y=\"%d\" font-size=\"%d\" textLength=\"%d\" fill=\"#%06x\">%s</text>\n"
              .formatted(
                  left,
                  top + BASELINE * scale,
                  FONT_SIZE * scale,
                  PixelFont.width(text, scale),
                  rgb,
                  HtmlText.of(text, MOST_TEXT)));
    }
  }

  @Override
  public void note(int left, int top, int width, int height, String text) {
    notes.append(
        "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"><title>%s</title></rect>\n"
            .formatted(left, top, width, height, HtmlText.of(text, MOST_TEXT)));
  }

  /**
   * Writes the element.
   *
   * @param label description for screen readers
   */
  void write(String label, Writer html) throws IOException {
    html.write(
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\" shape-rendering=\"crispEdges\">\n"
            .formatted(width, height, HtmlText.of(label, MOST_TEXT)));
    for (Map.Entry<Integer, Shape> shape : shapes.entrySet()) {
      html.write(
          "<path fill=\"#%06x\" d=\"%s\"/>\n".formatted(shape.getKey(), shape.getValue().path()));
    }
    html.write("<g font-family=\"monospace\" xml:space=\"preserve\">\n" + texts + "</g>\n");
    html.write("<g fill=\"none\" pointer-events=\"all\">\n" + notes + "</g>\n</svg>\n");
  }
}
