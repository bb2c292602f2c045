package io.pagestream.analyzers.files;

import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * PNG (W3C PNG specification, sections 5.2 and 11.2.1): the signature, then the IHDR chunk: length
 * 13 u32, "IHDR", width u32, height u32, bit depth, color type, compression, filter, interlace,
 * CRC-32 of type and data; all big-endian.
 */
final class PngFormat {
  private static final int LENGTH = 33;

  static final FileFormat FORMAT =
      new FileFormat("png", "\211PNG\r\n\32\n\0\0\0\rIHDR", LENGTH, PngFormat::describe);

  private PngFormat() {}

  private static @Nullable FileDescription describe(HeaderBytes header) {
    long width = header.u32be(16);
    long height = header.u32be(20);
    int depth = header.u8(24);
    String colour = colour(header.u8(25), depth);
    boolean valid =
        isSize(width)
            && isSize(height)
            && colour != null
            && header.u8(26) == 0
            && header.u8(27) == 0
            && header.u8(28) <= 1;
    if (!valid || crc(header) != header.u32be(29)) {
      return null;
    }
    return new FileDescription(
        "PNG %dx%d, %d-bit %s".formatted(width, height, depth, colour),
        LENGTH,
        Map.of("width", Long.toString(width), "height", Long.toString(height)));
  }

  private static boolean isSize(long size) {
    return size > 0 && size <= Integer.MAX_VALUE;
  }

  /** Table 11.1: the allowed bit depths of each color type; null for invalid types. */
  private static @Nullable String colour(int type, int depth) {
    boolean power = depth > 0 && Integer.bitCount(depth) == 1;
    return switch (type) {
      case 0 -> power && depth <= 16 ? "grey" : null;
      case 2 -> depth == 8 || depth == 16 ? "RGB" : null;
      case 3 -> power && depth <= 8 ? "palette" : null;
      case 4 -> depth == 8 || depth == 16 ? "grey with alpha" : null;
      case 6 -> depth == 8 || depth == 16 ? "RGB with alpha" : null;
      default -> null;
    };
  }

  private static long crc(HeaderBytes header) {
    CRC32 crc = new CRC32();
    crc.update(header.array(), header.arrayOffset(12), 17);
    return crc.getValue();
  }
}
