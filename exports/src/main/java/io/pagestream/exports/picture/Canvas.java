package io.pagestream.exports.picture;

/** What a map is drawn on. Places and sizes are pixels, colours 0xRRGGBB. */
interface Canvas {
  /** Fills a rectangle. */
  void fill(int left, int top, int width, int height, int rgb);

  /**
   * Draws a line of text, as wide and high as {@link PixelFont} draws it.
   *
   * @param left where it begins
   * @param top where its highest letters begin
   * @param scale its size; at 1, a letter is 5 pixels wide and 8 high
   */
  void text(String text, int left, int top, int scale, int rgb);

  /** Attaches a text to a rectangle, which is shown on demand where that is possible. */
  default void note(int left, int top, int width, int height, String text) {}
}
