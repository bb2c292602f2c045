package io.pagestream.analyzers.files;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * JPEG (ITU-T T.81, annex B): SOI, then marker segments (ff, marker, length u16 big-endian that
 * counts itself) up to the frame header (B.2.2), which contains the size. If an application segment
 * is longer than the visible bytes, its own identification (JFIF or Exif) is sufficient. {@link
 * ExifReader} reads the camera, time and position.
 */
final class JpegFormat {
  static final FileFormat FORMAT =
      new FileFormat("jpeg", "\377\330\377", 6, JpegFormat::describe).with(JpegFormat::addExif);

  private static final byte[] JFIF = "JFIF\0\1".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] EXIF_INTEL = "Exif\0\0II*\0".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] EXIF_MOTOROLA = "Exif\0\0MM\0*".getBytes(StandardCharsets.US_ASCII);

  private static final String EXIF = "Exif";
  private static final int MOST_SEGMENTS = 32;

  private static final int APP0 = 0xe0;
  private static final int APP1 = 0xe1;
  private static final int APP15 = 0xef;
  private static final int QUANTIZATION = 0xdb;
  private static final int HUFFMAN = 0xc4;
  private static final int ARITHMETIC = 0xcc;
  private static final int RESTART_INTERVAL = 0xdd;
  private static final int COMMENT = 0xfe;

  private JpegFormat() {}

  private static @Nullable FileDescription describe(HeaderBytes header) {
    String identification = null;
    int validated = 2;
    int at = 2;
    while (header.has(at, 4)) {
      int marker = header.u8(at + 1);
      int length = header.u16be(at + 2);
      if (isFrame(marker) && header.u8(at) == 0xff) {
        FileDescription frame = frame(header, at, marker, length);
        if (frame != null || at + 2 + length <= header.inPage()) {
          return frame;
        }
        break;
      }
      if (header.u8(at) != 0xff || !isSegment(header, at, marker, length)) {
        if (at + 5 <= header.inPage()) {
          return null;
        }
        break;
      }
      if (identification == null) {
        identification = identification(header, at, marker);
      }
      validated = Math.min(at + 2 + length, header.inPage());
      at += 2 + length;
    }
    return identification == null
        ? null
        : new FileDescription("JPEG, " + identification, validated, new TreeMap<>());
  }

  private static boolean isFrame(int marker) {
    return marker >= 0xc0
        && marker <= 0xcf
        && marker != HUFFMAN
        && marker != 0xc8
        && marker != ARITHMETIC;
  }

  /** Segments that may precede the frame header, with their possible lengths. */
  private static boolean isSegment(HeaderBytes header, int at, int marker, int length) {
    return switch (marker) {
      case QUANTIZATION -> length >= 2 + 65 && length <= 2 + 4 * 129 && isFirstTable(header, at);
      case HUFFMAN -> length >= 2 + 17 && isFirstTable(header, at);
      case ARITHMETIC -> length >= 4 && length % 2 == 0;
      case RESTART_INTERVAL -> length == 4;
      case COMMENT -> length >= 2;
      default -> marker >= APP0 && marker <= APP15 && length >= 2;
    };
  }

  /** Pq or Tc in the high four bits (0 or 1), Tq or Th in the low ones (0 to 3). */
  private static boolean isFirstTable(HeaderBytes header, int at) {
    return !header.has(at + 4, 1) || (header.u8(at + 4) & 0xec) == 0;
  }

  private static @Nullable String identification(HeaderBytes header, int at, int marker) {
    if (marker == APP0 && header.startsWith(at + 4, JFIF)) {
      return "JFIF 1.%02d".formatted(header.u8(at + 10));
    }
    boolean isExif =
        header.startsWith(at + 4, EXIF_INTEL) || header.startsWith(at + 4, EXIF_MOTOROLA);
    return marker == APP1 && isExif ? EXIF : null;
  }

  /**
   * Length u16, precision, height u16, width u16, components, then three bytes for each: id,
   * sampling factors (four bits each, 1 to 4), quantization table (0 to 3).
   */
  private static @Nullable FileDescription frame(
      HeaderBytes header, int at, int marker, int length) {
    if (!header.has(at, 10)) {
      return null;
    }
    int precision = header.u8(at + 4);
    int height = header.u16be(at + 5);
    int width = header.u16be(at + 7);
    int components = header.u8(at + 9);
    boolean valid =
        (precision == 8 || precision == 12 || (marker == 0xc3 && precision >= 2 && precision <= 16))
            && width > 0
            && components >= 1
            && components <= 4
            && length == 8 + 3 * components
            && header.has(at, 2 + length);
    if (!valid) {
      return null;
    }
    for (int i = 0; i < components; i++) {
      int sampling = header.u8(at + 11 + 3 * i);
      boolean validComponent =
          sampling >> 4 >= 1
              && sampling >> 4 <= 4
              && (sampling & 15) >= 1
              && (sampling & 15) <= 4
              && header.u8(at + 12 + 3 * i) <= 3;
      if (!validComponent) {
        return null;
      }
    }
    Map<String, String> attributes = new TreeMap<>();
    attributes.put("width", Integer.toString(width));
    attributes.put("height", Integer.toString(height));
    return new FileDescription(
        "JPEG %dx%d, %d-bit %s, %s"
            .formatted(width, height, precision, components == 1 ? "grey" : "colour", mode(marker)),
        at + 2 + length,
        attributes);
  }

  /** The first Exif segment among the first application segments, as far as it is visible. */
  private static void addExif(FileDescription file, HeaderBytes bytes) {
    int at = 2;
    for (int i = 0; i < MOST_SEGMENTS && bytes.has(at, 14); i++) {
      int marker = bytes.u8(at + 1);
      if (bytes.u8(at) != 0xff || marker < APP0 || marker > APP15) {
        return;
      }
      int length = bytes.u16be(at + 2);
      if (EXIF.equals(identification(bytes, at, marker))) {
        ExifReader.add(file.attributes(), bytes, at + 10, length - 8);
        return;
      }
      at += 2 + length;
    }
  }

  private static String mode(int marker) {
    return switch (marker) {
      case 0xc0 -> "baseline";
      case 0xc1 -> "extended";
      case 0xc2 -> "progressive";
      case 0xc3 -> "lossless";
      default -> "SOF%d".formatted(marker - 0xc0);
    };
  }
}
