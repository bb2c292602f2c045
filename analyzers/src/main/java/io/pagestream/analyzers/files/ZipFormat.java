package io.pagestream.analyzers.files;

import io.pagestream.schemas.avro.Confidence;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A zip file's local entry (PKWARE APPNOTE, section 4.3.7): "PK\3\4", version u16, flags u16,
 * method u16, time u16, date u16, CRC-32, compressed and uncompressed size u32, length of name and
 * of extra field u16, then these, then the data. The beginning of deflated data is decompressed; if
 * its end is visible, CRC-32 and size must be correct. Sizes of 0xffffffff are in the ZIP64 extra
 * field (section 4.5.3). Fields that extractors ignore (version, time, unused flags, extra fields,
 * control characters) may be wrong if the CRC-32 of the data is correct; the confidence is then
 * low. Names are UTF-8, code page 437 or Shift-JIS, or in Info-ZIP's Unicode Path field (section
 * 4.6.9).
 */
record ZipFormat(DeflateProbe deflate) {
  private static final int FIXED = 30;
  private static final int FLAG_ENCRYPTED = 1;
  private static final int FLAG_SIZES_FOLLOW = 8;

  /** Flags without a meaning: bits 7 to 10 and 14 and 15 (section 4.4.4). */
  private static final int UNUSED_FLAGS = 0xc780;

  private static final int MAX_VERSION = 63;
  private static final int MAX_NAME = 1024;
  private static final int UNICODE_PATH = 0x7075;
  private static final int STORED = 0;
  private static final int DEFLATED = 8;

  /** Section 4.4.5. */
  private static final Map<Integer, String> METHODS =
      Map.ofEntries(
          Map.entry(STORED, "stored"),
          Map.entry(1, "shrunk"),
          Map.entry(6, "imploded"),
          Map.entry(DEFLATED, "deflated"),
          Map.entry(9, "deflate64"),
          Map.entry(12, "bzip2"),
          Map.entry(14, "lzma"),
          Map.entry(93, "zstd"),
          Map.entry(95, "xz"),
          Map.entry(98, "ppmd"),
          Map.entry(99, "AES-encrypted"));

  FileFormat format() {
    return new FileFormat("zip", "PK\3\4", FIXED, this::describe);
  }

  @Nullable FileDescription describe(HeaderBytes header) {
    int flags = header.u16le(6);
    int method = header.u16le(8);
    String methodName = METHODS.get(method);
    int nameLength = header.u16le(26);
    int extra = FIXED + nameLength;
    int data = extra + header.u16le(28);
    if (methodName == null || nameLength < 1 || nameLength > MAX_NAME || !header.has(0, extra)) {
      return null;
    }
    FileName name = FileName.oem(header, FIXED, nameLength);
    ZipSizes sizes = ZipSizes.of(header, extra, Math.min(data, header.size()));
    if (!sizesFit(sizes, flags, method)) {
      return null;
    }
    Data held = data(header, flags, method, data, sizes);
    Anomalies anomalies = anomalies(header, flags, extra, data);
    anomalies.expect(!name.hasControls(), "name");
    if (held == Data.WRONG || (anomalies.count() > 0 && held != Data.PROVED)) {
      return null;
    }
    Map<String, String> attributes = new TreeMap<>();
    unicode(header, extra, Math.min(data, header.size()), nameLength, name)
        .describe(attributes, "name");
    attributes.put("method", methodName);
    if ((flags & FLAG_ENCRYPTED) != 0) {
      attributes.put("encrypted", "true");
    }
    if ((flags & FLAG_SIZES_FOLLOW) == 0 && sizes.known()) {
      attributes.put("compressed-size", Long.toString(sizes.compressed()));
      attributes.put("uncompressed-size", Long.toString(sizes.uncompressed()));
    }
    anomalies.describe(attributes);
    String value = "zip entry \"%s\", %s".formatted(attributes.get("name"), methodName);
    return new FileDescription(
        value,
        Math.min(data, header.size()),
        attributes,
        anomalies.count() > 0 ? Confidence.LOW : null);
  }

  /** The fields that extractors ignore. */
  private static Anomalies anomalies(HeaderBytes header, int flags, int extra, int data) {
    int version = header.u16le(4) & 0xff;
    Anomalies anomalies = new Anomalies();
    anomalies.expect(version >= 10 && version <= MAX_VERSION, "version");
    anomalies.expect((flags & UNUSED_FLAGS) == 0, "flags");
    anomalies.expect(isTime(header.u16le(10), header.u16le(12)), "time");
    anomalies.expect(isExtra(header, extra, data), "extra");
    return anomalies;
  }

  /** MS-DOS time and date; zero means "none". */
  private static boolean isTime(int time, int date) {
    int month = date >> 5 & 15;
    int day = date & 31;
    boolean isDate = date == 0 || (month >= 1 && month <= 12 && day >= 1);
    return isDate && time >> 11 < 24 && (time >> 5 & 63) < 60 && (time & 31) < 30;
  }

  /** Extra fields are id u16, length u16, data; only those in the first page are checked. */
  private static boolean isExtra(HeaderBytes header, int from, int end) {
    int at = from;
    while (at + 4 <= end && at + 4 <= header.inPage()) {
      at += 4 + header.u16le(at + 2);
    }
    return at <= end;
  }

  /**
   * The name in the Unicode Path field: version u8 1, CRC-32 of the name in the header, UTF-8. The
   * name in the header if there is none.
   */
  private static FileName unicode(
      HeaderBytes header, int from, int end, int nameLength, FileName name) {
    int at = ZipSizes.field(header, from, end, UNICODE_PATH);
    if (at < 0) {
      return name;
    }
    int length = header.u16le(at + 2);
    boolean valid =
        length > 5
            && at + 4 + length <= end
            && header.u8(at + 4) == 1
            && header.u32le(at + 5) == header.crc32(FIXED, nameLength);
    return valid ? FileName.oem(header, at + 9, length - 5) : name;
  }

  private static boolean sizesFit(ZipSizes sizes, int flags, int method) {
    boolean plain = (flags & (FLAG_ENCRYPTED | FLAG_SIZES_FOLLOW)) == 0 && sizes.known();
    if (plain && method == STORED) {
      return sizes.compressed() == sizes.uncompressed();
    }
    return !plain || sizes.compressed() > 0;
  }

  /** The result of checking the data in the first page against the header. */
  private enum Data {
    WRONG,
    POSSIBLE,
    PROVED
  }

  private Data data(HeaderBytes header, int flags, int method, int data, ZipSizes sizes) {
    if ((flags & FLAG_ENCRYPTED) != 0 || data >= header.inPage()) {
      return Data.POSSIBLE;
    }
    boolean sizesKnown = (flags & FLAG_SIZES_FOLLOW) == 0 && sizes.known();
    long end = header.size();
    if (sizesKnown && sizes.compressed() < header.size()) {
      end = data + sizes.compressed();
    }
    return switch (method) {
      case STORED -> sizesKnown ? stored(header, data, data + sizes.compressed()) : Data.POSSIBLE;
      case DEFLATED -> deflated(header, data, end, sizes, sizesKnown);
      default -> Data.POSSIBLE;
    };
  }

  private Data deflated(
      HeaderBytes header, int data, long end, ZipSizes sizes, boolean sizesKnown) {
    if (!deflate.probe(header, data, (int) Math.min(end, header.size()))) {
      return Data.WRONG;
    }
    if (!sizesKnown || !deflate.finished()) {
      return Data.POSSIBLE;
    }
    boolean correct =
        deflate.crc32() == header.u32le(14) && deflate.produced() == sizes.uncompressed();
    return correct ? Data.PROVED : Data.WRONG;
  }

  private static Data stored(HeaderBytes header, int data, long end) {
    if (end > header.inPage() || end < data) {
      return Data.POSSIBLE;
    }
    boolean correct = header.crc32(data, (int) end - data) == header.u32le(14);
    return correct ? Data.PROVED : Data.WRONG;
  }
}
