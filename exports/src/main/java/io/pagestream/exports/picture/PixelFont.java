package io.pagestream.exports.picture;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * A built-in font, 5 pixels wide and 8 high: a Java runtime without fonts (in a container) throws
 * when text is drawn. The resource has one line for each character: the character, then its rows
 * from the top in hex, the leftmost pixel in bit 4.
 */
final class PixelFont {
  /** Pixels from one character to the next, at scale 1. */
  static final int ADVANCE = 6;

  /** Rows of a character, at scale 1. */
  static final int HEIGHT = 8;

  private static final int WIDTH = 5;
  private static final int CHARACTERS = 128;
  private static final byte[] BOX = {0x1f, 0x11, 0x11, 0x11, 0x11, 0x11, 0x1f, 0};
  private static final byte[][] GLYPHS = load();

  private PixelFont() {}

  private static byte[][] load() {
    byte[][] glyphs = new byte[CHARACTERS][];
    glyphs[' '] = new byte[HEIGHT];
    try (InputStream in = PixelFont.class.getResourceAsStream("glyphs.txt")) {
      if (in == null) {
        throw new IllegalStateException("resource missing: glyphs.txt");
      }
      String all = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      for (String line : all.lines().toList()) {
        String[] rows = line.substring(2).split(" ", -1);
        byte[] glyph = new byte[HEIGHT];
        for (int i = 0; i < rows.length; i++) {
          glyph[i] = Byte.parseByte(rows[i], 16);
        }
        glyphs[line.charAt(0)] = glyph;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return glyphs;
  }

  /**
   * Whether a pixel of a character is set; a character that is not in the font is drawn as a box.
   */
  static boolean isSet(char character, int x, int y) {
    byte[] glyph = character < CHARACTERS ? GLYPHS[character] : null;
    return (((glyph == null ? BOX : glyph)[y] >>> (WIDTH - 1 - x)) & 1) != 0;
  }

  /** Width of a text at a scale, in pixels. */
  static int width(String text, int scale) {
    return text.isEmpty() ? 0 : (text.length() * ADVANCE - 1) * scale;
  }

  /** Draws a text; {@code (left, top)} is its upper left pixel. */
  static void draw(Canvas canvas, String text, int left, int top, int scale, int rgb) {
    for (int i = 0; i < text.length(); i++) {
      for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
          if (isSet(text.charAt(i), x, y)) {
            canvas.fill(left + (i * ADVANCE + x) * scale, top + y * scale, scale, scale, rgb);
          }
        }
      }
    }
  }
}
