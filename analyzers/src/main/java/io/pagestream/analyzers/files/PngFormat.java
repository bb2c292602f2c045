package io.pagestream.analyzers.files;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * PNG (W3C PNG specification, sections 5.2 and 11.2.1): the signature, then the IHDR chunk: length
 * 13 u32, "IHDR", width u32, height u32, bit depth, color type, compression, filter, interlace,
 * CRC-32 of type and data; all big-endian. Apple's tools for iOS write a chunk "CgBI" of four bytes
 * before it, and compress without zlib's header.
 */
final class PngFormat {
  private static final int LENGTH = 33;
  private static final byte[] IHDR = "IHDR".getBytes(StandardCharsets.US_ASCII);

  static final FileFormat FORMAT =
      new FileFormat("png", "\211PNG\r\n\32\n\0\0\0\rIHDR", LENGTH, header -> describe(header, 0))
          .with(PngFormat::addExif);

  /** A chunk of four bytes with its length, type and CRC-32. */
  private static final int IOS_CHUNK = 16;

  static final FileFormat IOS_FORMAT =
      new FileFormat(
          "png",
          "\211PNG\r\n\32\n\0\0\0\4CgBI",
          LENGTH + IOS_CHUNK,
          header -> describe(header, IOS_CHUNK));

  private static final int MOST_CHUNKS = 64;
  private static final byte[] EXIF = "eXIf".getBytes(StandardCharsets.US_ASCII);

  private PngFormat() {}

  /** A chunk eXIf (PNG specification, third edition, section 11.3.4.5) with a correct CRC-32. */
  private static void addExif(FileDescription file, HeaderBytes bytes) {
    long at = 8;
    for (int i = 0; i < MOST_CHUNKS && at <= bytes.size() - 12; i++) {
      long length = bytes.u32be((int) at);
      if (bytes.startsWith((int) at + 4, EXIF)) {
        int chunk = (int) at + 4;
        boolean correct =
            at + 12 + length <= bytes.size()
                && bytes.crc32(chunk, 4 + (int) length) == bytes.u32be(chunk + 4 + (int) length);
        if (correct) {
          ExifReader.add(file.attributes(), bytes, chunk + 4, length);
        }
        return;
      }
      at += 12 + length;
    }
  }

  private static @Nullable FileDescription describe(HeaderBytes header, int at) {
    boolean isHeader =
        at == 0
            || (header.u32be(20) == header.crc32(12, 8)
                && header.u32be(8 + at) == 13
                && header.startsWith(12 + at, IHDR));
    if (!isHeader) {
      return null;
    }
    long width = header.u32be(at + 16);
    long height = header.u32be(at + 20);
    int depth = header.u8(at + 24);
    String colour = colour(header.u8(at + 25), depth);
    boolean valid =
        isSize(width)
            && isSize(height)
            && colour != null
            && header.u8(at + 26) == 0
            && header.u8(at + 27) == 0
            && header.u8(at + 28) <= 1;
    if (!valid || header.crc32(at + 12, 17) != header.u32be(at + 29)) {
      return null;
    }
    Map<String, String> attributes = new TreeMap<>();
    attributes.put("width", Long.toString(width));
    attributes.put("height", Long.toString(height));
    if (at > 0) {
      attributes.put("variant", "iOS");
    }
    return new FileDescription(
        "PNG %dx%d, %d-bit %s".formatted(width, height, depth, colour), at + LENGTH, attributes);
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
}
