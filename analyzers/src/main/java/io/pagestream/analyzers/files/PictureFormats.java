package io.pagestream.analyzers.files;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * GIF and WebP.
 *
 * <ul>
 *   <li>GIF (GIF89a specification, sections 17 to 26): "GIF87a" or "GIF89a", width and height u16,
 *       flags, background, aspect ratio, the global color table, then a block: an image (0x2c) that
 *       lies within the screen, an extension (0x21) of a known type and size, or the end (0x3b).
 *   <li>WebP (RFC 9649, section 2): "RIFF", size u32, "WEBP", then a chunk "VP8 " (a key frame with
 *       its start code), "VP8L" (its signature) or "VP8X" (reserved bits are zero), whose size fits
 *       into the file.
 * </ul>
 */
final class PictureFormats {
  static final FileFormat GIF = FileFormat.matching("gif", "GIF8[79]a", 6, 14, PictureFormats::gif);
  static final FileFormat WEBP =
      FileFormat.matching("webp", "RIFF.{4}WEBPVP8[ LX]", 16, 30, PictureFormats::webp)
          .with(PictureFormats::addExif);

  static final List<FileFormat> ALL = List.of(GIF, WEBP);

  private static final int TRAILER = 0x3b;
  private static final int EXTENSION = 0x21;
  private static final int IMAGE = 0x2c;
  private static final int LOSSLESS = 'L';
  private static final int EXTENDED = 'X';
  private static final int VP8L_SIGNATURE = 0x2f;
  private static final int MOST_CHUNKS = 64;
  private static final byte[] EXIF_CHUNK = "EXIF".getBytes(StandardCharsets.US_ASCII);

  private PictureFormats() {}

  private static @Nullable FileDescription gif(HeaderBytes header) {
    int width = header.u16le(6);
    int height = header.u16le(8);
    int flags = header.u8(10);
    int table = (flags & 0x80) != 0 ? 3 << ((flags & 7) + 1) : 0;
    int block = 13 + table;
    if (width == 0 || height == 0 || !isGifBlock(header, block, width, height)) {
      return null;
    }
    Map<String, String> attributes = new TreeMap<>();
    attributes.put("width", Integer.toString(width));
    attributes.put("height", Integer.toString(height));
    String value = "GIF%s %dx%d".formatted(header.ascii(3, 3), width, height);
    return new FileDescription(value, Math.min(block, header.size()), attributes);
  }

  /** Whether the block after the color table is valid; true if it is in another page. */
  private static boolean isGifBlock(HeaderBytes header, int at, int width, int height) {
    if (at + 10 > header.inPage()) {
      return at > 13;
    }
    return switch (header.u8(at)) {
      case TRAILER -> true;
      case IMAGE ->
          header.u16le(at + 1) + header.u16le(at + 5) <= width
              && header.u16le(at + 3) + header.u16le(at + 7) <= height;
      case EXTENSION ->
          switch (header.u8(at + 1)) {
            case 0xf9 -> header.u8(at + 2) == 4;
            case 0xff -> header.u8(at + 2) == 11;
            case 0x01 -> header.u8(at + 2) == 12;
            case 0xfe -> header.u8(at + 2) > 0;
            default -> false;
          };
      default -> false;
    };
  }

  private static @Nullable FileDescription webp(HeaderBytes header) {
    long size = 8 + header.u32le(4);
    long chunk = header.u32le(16);
    int type = header.u8(15);
    if (size < 30 || size % 2 != 0 || 20 + chunk > size) {
      return null;
    }
    int width;
    int height;
    if (type == EXTENDED) {
      boolean reserved = (header.u8(20) & 0xc1) == 0 && header.isZero(21, 3) && chunk == 10;
      width = reserved ? 1 + (header.u16le(24) | (header.u8(26) << 16)) : 0;
      height = 1 + (header.u16le(27) | (header.u8(29) << 16));
    } else if (type == LOSSLESS) {
      long bits = header.u32le(21);
      boolean valid = header.u8(20) == VP8L_SIGNATURE && bits >> 29 == 0;
      width = valid ? 1 + (int) (bits & 0x3fff) : 0;
      height = 1 + (int) ((bits >> 14) & 0x3fff);
    } else {
      boolean isKeyFrame =
          (header.u8(20) & 1) == 0
              && header.u8(23) == 0x9d
              && header.u8(24) == 0x01
              && header.u8(25) == 0x2a;
      width = isKeyFrame ? header.u16le(26) & 0x3fff : 0;
      height = header.u16le(28) & 0x3fff;
    }
    if (width == 0 || height == 0) {
      return null;
    }
    Map<String, String> attributes = new TreeMap<>();
    attributes.put("width", Integer.toString(width));
    attributes.put("height", Integer.toString(height));
    attributes.put(FileDescription.DECLARED_SIZE, Long.toString(size));
    return new FileDescription("WebP %dx%d".formatted(width, height), 30, attributes);
  }

  /** A chunk "EXIF" in the first 64 KiB. */
  private static void addExif(FileDescription file, HeaderBytes bytes) {
    long at = 12;
    for (int i = 0; i < MOST_CHUNKS && at <= bytes.size() - 8; i++) {
      long size = bytes.u32le((int) at + 4);
      if (bytes.startsWith((int) at, EXIF_CHUNK)) {
        ExifReader.add(file.attributes(), bytes, (int) at + 8, size);
        return;
      }
      at += 8 + size + size % 2;
    }
  }
}
