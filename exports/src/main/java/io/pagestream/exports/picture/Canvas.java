package io.pagestream.exports.picture;

/** The drawing surface of a map. Positions and sizes are in pixels, colors are 0xRRGGBB. */
interface Canvas {
  /** Fills a rectangle. */
  void fill(int left, int top, int width, int height, int rgb);

  /**
   * Draws a line of text, as wide and high as {@link PixelFont} draws it.
   *
   * @param left left edge
   * @param top top of the tallest letters
   * @param scale its size; at 1, a letter is 5 pixels wide and 8 high
   */
  void text(String text, int left, int top, int scale, int rgb);

  /** Attaches a text to a rectangle, which is shown on demand if the format supports it. */
  default void note(int left, int top, int width, int height, String text) {}
}
