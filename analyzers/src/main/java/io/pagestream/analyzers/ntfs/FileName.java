package io.pagestream.analyzers.ntfs;

import io.pagestream.analyzers.records.RecordBytes;
import io.pagestream.analyzers.records.Times;
import java.util.Map;

/**
 * The contents of a {@code $FILE_NAME} attribute: parent at 0 (48 bits entry, 16 bits sequence),
 * FILETIMEs of creation 8, modification 16, entry change 24, access 32, sizes at 40 and 48, flags
 * at 56, length of the name at 64, name space at 65, name (UTF-16) at 66.
 */
final class FileName {
  /** Bytes before the name. */
  static final int HEADER = 66;

  private static final int DOS = 2;
  private static final int LAST_NAME_SPACE = 3;
  private static final long ENTRY = 0xffff_ffff_ffffL;

  private FileName() {}

  /** Whether these bytes are the contents of such an attribute. */
  static boolean isAt(RecordBytes bytes, int offset, int length) {
    if (length < HEADER + 2) {
      return false;
    }
    int chars = bytes.u8(offset + 64);
    return chars > 0
        && HEADER + 2 * chars <= length
        && bytes.u8(offset + 65) <= LAST_NAME_SPACE
        && Times.isFiletime(bytes.s64(offset + 8))
        && bytes.isUtf16Text(offset + HEADER, chars);
  }

  /** Whether the name is only the short alias of another one. */
  static boolean isAlias(RecordBytes bytes, int offset) {
    return bytes.u8(offset + 65) == DOS;
  }

  /** The name. */
  static String name(RecordBytes bytes, int offset) {
    return bytes.utf16(offset + HEADER, bytes.u8(offset + 64));
  }

  /** Adds a reference to a file as two attributes. */
  static void reference(String key, long reference, Map<String, String> attributes) {
    attributes.put(key + "-entry", Long.toString(reference & ENTRY));
    attributes.put(key + "-sequence", Long.toString(reference >>> 48));
  }

  /** Adds the four times that begin at {@code offset}. */
  static void times(String prefix, RecordBytes bytes, int offset, Map<String, String> attributes) {
    time(prefix + "created", bytes.s64(offset), attributes);
    time(prefix + "modified", bytes.s64(offset + 8), attributes);
    time(prefix + "entry-changed", bytes.s64(offset + 16), attributes);
    time(prefix + "accessed", bytes.s64(offset + 24), attributes);
  }

  private static void time(String key, long ticks, Map<String, String> attributes) {
    if (Times.isFiletime(ticks)) {
      attributes.put(key, Times.filetime(ticks));
    }
  }
}
