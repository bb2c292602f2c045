package io.pagestream.analyzers.files;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A zip file's local entry (PKWARE APPNOTE, section 4.3.7): "PK\3\4", version u16, flags u16,
 * method u16, time u16, date u16, CRC-32, compressed and uncompressed size u32, length of name and
 * of extra field u16, then these, then the data. The beginning of deflated data is decompressed; if
 * its end is visible, CRC-32 and size must be correct.
 */
record ZipFormat(DeflateProbe deflate) {
  private static final int FIXED = 30;
  private static final int FLAG_ENCRYPTED = 1;
  private static final int FLAG_SIZES_FOLLOW = 8;

  /** Flags without a meaning: bits 7 to 10 and 14 and 15 (section 4.4.4). */
  private static final int UNUSED_FLAGS = 0xc780;

  private static final int MAX_VERSION = 63;
  private static final int MAX_NAME = 1024;
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

  private @Nullable FileDescription describe(HeaderBytes header) {
    int flags = header.u16le(6);
    int method = header.u16le(8);
    String methodName = METHODS.get(method);
    int nameLength = header.u16le(26);
    int extra = FIXED + nameLength;
    int data = extra + header.u16le(28);
    boolean fixedPart =
        (header.u16le(4) & 0xff) >= 10
            && (header.u16le(4) & 0xff) <= MAX_VERSION
            && (flags & UNUSED_FLAGS) == 0
            && methodName != null
            && isTime(header.u16le(10), header.u16le(12))
            && nameLength >= 1
            && nameLength <= MAX_NAME;
    if (!fixedPart || !header.has(0, extra) || !isExtra(header, extra, data)) {
      return null;
    }
    String name = name(header, nameLength);
    if (name == null || !sizesFit(header, flags, method)) {
      return null;
    }
    if (!dataHolds(header, flags, method, data)) {
      return null;
    }
    Map<String, String> attributes = new TreeMap<>();
    attributes.put("name", name);
    attributes.put("method", methodName);
    if ((flags & FLAG_SIZES_FOLLOW) == 0) {
      attributes.put("compressed-size", Long.toString(header.u32le(18)));
      attributes.put("uncompressed-size", Long.toString(header.u32le(22)));
    }
    String value = "zip entry \"%s\", %s".formatted(name, methodName);
    return new FileDescription(value, Math.min(data, header.size()), attributes);
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

  /** UTF-8 or another superset of ASCII, without control characters; null if it is not. */
  private static @Nullable String name(HeaderBytes header, int length) {
    for (int i = 0; i < length; i++) {
      int letter = header.u8(FIXED + i);
      if (letter < ' ' || letter == 0x7f) {
        return null;
      }
    }
    ByteBuffer name = ByteBuffer.wrap(header.array(), header.arrayOffset(FIXED), length);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(name).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static boolean sizesFit(HeaderBytes header, int flags, int method) {
    boolean plain = (flags & (FLAG_ENCRYPTED | FLAG_SIZES_FOLLOW)) == 0;
    long compressed = header.u32le(18);
    long uncompressed = header.u32le(22);
    if (plain && method == STORED) {
      return compressed == uncompressed;
    }
    return !plain || compressed > 0;
  }

  /** Whether the data in the first page is consistent with the header. */
  private boolean dataHolds(HeaderBytes header, int flags, int method, int data) {
    if ((flags & FLAG_ENCRYPTED) != 0 || data >= header.inPage()) {
      return true;
    }
    boolean sizesKnown = (flags & FLAG_SIZES_FOLLOW) == 0;
    long end = sizesKnown ? data + header.u32le(18) : header.size();
    return switch (method) {
      case STORED -> !sizesKnown || storedDataHolds(header, data, end);
      case DEFLATED -> deflatedDataHolds(header, data, end, sizesKnown);
      default -> true;
    };
  }

  private boolean deflatedDataHolds(HeaderBytes header, int data, long end, boolean sizesKnown) {
    if (!deflate.probe(header, data, (int) Math.min(end, header.size()))) {
      return false;
    }
    return !sizesKnown
        || !deflate.finished()
        || (deflate.crc32() == header.u32le(14) && deflate.produced() == header.u32le(22));
  }

  private static boolean storedDataHolds(HeaderBytes header, int data, long end) {
    if (end > header.inPage()) {
      return true;
    }
    CRC32 crc = new CRC32();
    crc.update(header.array(), header.arrayOffset(data), (int) end - data);
    return crc.getValue() == header.u32le(14);
  }
}
