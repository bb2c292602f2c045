package io.pagestream.exports.picture;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import javax.imageio.ImageIO;

/**
 * A raster image that uses no part of Java's graphics that requires a screen or a font. Everything
 * outside the image is ignored.
 */
final class PngCanvas implements Canvas {
  static {
    // Java's image library connects to a screen when it is loaded if one appears to exist.
    System.setProperty("java.awt.headless", "true");
  }

  private final BufferedImage image;

  PngCanvas(int width, int height, int rgb) {
    image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    fill(0, 0, width, height, rgb);
  }

  int width() {
    return image.getWidth();
  }

  int height() {
    return image.getHeight();
  }

  /** Color of a pixel, as 0xRRGGBB. */
  int rgb(int x, int y) {
    return image.getRGB(x, y) & 0xffffff;
  }

  @Override
  public void fill(int left, int top, int width, int height, int rgb) {
    for (int y = Math.max(0, top); y < Math.min(image.getHeight(), top + height); y++) {
      for (int x = Math.max(0, left); x < Math.min(image.getWidth(), left + width); x++) {
        image.setRGB(x, y, rgb);
      }
    }
  }

  @Override
  public void text(String text, int left, int top, int scale, int rgb) {
    PixelFont.draw(this, text, left, top, scale, rgb);
  }

  void writePng(OutputStream out) throws IOException {
    ImageIO.setUseCache(false);
    if (!ImageIO.write(image, "png", out)) {
      throw new IOException("this Java runtime cannot write PNG files");
    }
  }
}
