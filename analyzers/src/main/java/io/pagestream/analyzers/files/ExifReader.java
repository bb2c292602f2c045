package io.pagestream.analyzers.files;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The camera, time and position in EXIF data (CIPA DC-008, sections 4.5 and 4.6): a TIFF header
 * ("II" or "MM", 42, offset of the first directory) and directories of entries of 12 bytes: tag
 * u16, type u16, count u32, value or its offset. At most three directories are read, and nothing
 * outside of the data.
 */
final class ExifReader {
  private static final int MAKE = 0x010f;
  private static final int MODEL = 0x0110;
  private static final int TIME = 0x0132;
  private static final int EXIF_DIRECTORY = 0x8769;
  private static final int GPS_DIRECTORY = 0x8825;
  private static final int TIME_ORIGINAL = 0x9003;
  private static final int LATITUDE_REF = 1;
  private static final int LATITUDE = 2;
  private static final int LONGITUDE_REF = 3;
  private static final int LONGITUDE = 4;
  private static final int ASCII = 2;
  private static final int LONG = 4;
  private static final int RATIONAL = 5;
  private static final int ENTRY = 12;
  private static final int MOST_ENTRIES = 256;
  private static final int MOST_TEXT = 64;

  private final HeaderBytes bytes;
  private final int start;
  private final int size;
  private final boolean bigEndian;

  private ExifReader(HeaderBytes bytes, int start, int size) {
    this.bytes = bytes;
    this.start = start;
    this.size = size;
    this.bigEndian = bytes.u8(start) == 'M';
  }

  /**
   * Adds what EXIF data contains.
   *
   * @param start offset of the TIFF header
   * @param length declared length; less may be visible
   */
  static void add(Map<String, String> attributes, HeaderBytes bytes, int start, long length) {
    int size = (int) Math.min(length, bytes.size() - start);
    if (size >= 8 && isHeader(bytes, start)) {
      new ExifReader(bytes, start, size).addTo(attributes);
    }
  }

  private static boolean isHeader(HeaderBytes bytes, int at) {
    int order = bytes.u16be(at);
    return (order == 0x4949 && bytes.u16le(at + 2) == 42)
        || (order == 0x4d4d && bytes.u16be(at + 2) == 42);
  }

  private void addTo(Map<String, String> attributes) {
    long first = u32(4);
    String make = text(first, MAKE);
    String model = text(first, MODEL);
    if (model != null) {
      boolean repeats = make == null || model.startsWith(make);
      attributes.put("camera", repeats ? model : make + " " + model);
    }
    long exif = number(first, EXIF_DIRECTORY);
    String time = exif > 0 ? text(exif, TIME_ORIGINAL) : null;
    String taken = time(time == null ? text(first, TIME) : time);
    if (taken != null) {
      attributes.put("taken", taken);
    }
    long gps = number(first, GPS_DIRECTORY);
    double latitude = gps > 0 ? degrees(gps, LATITUDE, LATITUDE_REF, "S", 90) : Double.NaN;
    double longitude = gps > 0 ? degrees(gps, LONGITUDE, LONGITUDE_REF, "W", 180) : Double.NaN;
    if (!Double.isNaN(latitude) && !Double.isNaN(longitude)) {
      attributes.put("gps", String.format(Locale.ROOT, "%.6f,%.6f", latitude, longitude));
    }
  }

  /** "2024:05:06 07:08:09" as "2024-05-06T07:08:09", without a time zone; null if it is not one. */
  private static @Nullable String time(@Nullable String text) {
    if (text == null || text.length() != 19) {
      return null;
    }
    for (int i = 0; i < 19; i++) {
      char expected = "0000:00:00 00:00:00".charAt(i);
      char letter = text.charAt(i);
      if (expected == '0' ? letter < '0' || letter > '9' : letter != expected) {
        return null;
      }
    }
    return text.startsWith("0000")
        ? null
        : text.substring(0, 10).replace(':', '-') + "T" + text.substring(11);
  }

  /** Degrees, minutes and seconds as rational numbers; NaN if they are not valid. */
  private double degrees(long directory, int tag, int refTag, String negative, int most) {
    int entry = entry(directory, tag);
    String ref = text(directory, refTag);
    if (entry < 0 || ref == null || u16(entry + 2) != RATIONAL || u32(entry + 4) != 3) {
      return Double.NaN;
    }
    long at = u32(entry + 8);
    double degrees = 0;
    double unit = 1;
    for (int i = 0; i < 3; i++) {
      if (at + 8 > size || u32((int) at + 4) == 0) {
        return Double.NaN;
      }
      degrees += (double) u32((int) at) / u32((int) at + 4) / unit;
      unit *= 60;
      at += 8;
    }
    boolean valid = degrees <= most;
    return !valid ? Double.NaN : ref.equals(negative) ? -degrees : degrees;
  }

  private long number(long directory, int tag) {
    int entry = entry(directory, tag);
    return entry < 0 || u16(entry + 2) != LONG ? -1 : u32(entry + 8);
  }

  private @Nullable String text(long directory, int tag) {
    int entry = entry(directory, tag);
    if (entry < 0 || u16(entry + 2) != ASCII) {
      return null;
    }
    long count = u32(entry + 4);
    long at = count <= 4 ? entry + 8 : u32(entry + 8);
    if (count > MOST_TEXT || at + count > size) {
      return null;
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count && u8((int) at + i) != 0; i++) {
      int letter = u8((int) at + i);
      if (letter < ' ' || letter >= 0x7f) {
        return null;
      }
      text.append((char) letter);
    }
    String stripped = text.toString().strip();
    return stripped.isEmpty() ? null : stripped;
  }

  /** Offset of the entry of a tag; -1 if there is none. */
  private int entry(long directory, int tag) {
    if (directory < 8 || directory + 2 > size) {
      return -1;
    }
    int count = Math.min(MOST_ENTRIES, u16((int) directory));
    for (int i = 0; i < count; i++) {
      int at = (int) directory + 2 + ENTRY * i;
      if (at + ENTRY > size) {
        return -1;
      }
      if (u16(at) == tag) {
        return at;
      }
    }
    return -1;
  }

  private int u8(int at) {
    return bytes.u8(start + at);
  }

  private int u16(int at) {
    return (int) bytes.number(start + at, 2, bigEndian);
  }

  private long u32(int at) {
    return bytes.number(start + at, 4, bigEndian);
  }
}
