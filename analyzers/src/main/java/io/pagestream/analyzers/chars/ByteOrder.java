package io.pagestream.analyzers.chars;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.pagestream.analyzers.api.Encoding;
import io.pagestream.analyzers.api.Window;
import java.lang.foreign.MemorySegment;

/**
 * The byte order of UTF-16 text. Characters of ASCII are alternately a byte and a NUL in both
 * orders; only the ends of such a row differ. It is little-endian if that is possible, because this
 * is the order of Windows: the last character's high byte must be the NUL after it.
 */
final class ByteOrder {
  /** Number of characters before and after the anchor that are examined. */
  private static final int BEFORE = 96;

  private static final int AFTER = 128;

  private ByteOrder() {}

  /**
   * The encoding of the row of characters.
   *
   * @param anchor offset of the low byte of one of them
   */
  static Encoding at(Window window, int anchor) {
    MemorySegment bytes = window.bytes();
    int last = anchor;
    while (last - anchor < 2 * AFTER && at(bytes, last + 1) == 0 && isText(at(bytes, last + 2))) {
      last += 2;
    }
    if (last - anchor >= 2 * AFTER) {
      // The end of a long text is not examined: texts are aligned.
      return (window.alignmentOf(anchor) & 1) == 0 ? Encoding.UTF_16LE : Encoding.UTF_16BE;
    }
    int first = anchor;
    while (anchor - first < 2 * BEFORE
        && at(bytes, first - 1) == 0
        && isText(at(bytes, first - 2))) {
      first -= 2;
    }
    return at(bytes, first - 1) == 0 && (isMarked(bytes, first) || endsBigEndian(bytes, last))
        ? Encoding.UTF_16BE
        : Encoding.UTF_16LE;
  }

  /** Whether the byte order mark of UTF-16BE precedes. */
  private static boolean isMarked(MemorySegment bytes, int first) {
    return at(bytes, first - 2) == 0xFF && at(bytes, first - 3) == 0xFE;
  }

  /**
   * Whether the row ends without a NUL. In UTF-16LE its last byte is then part of a character of
   * another script, which must be likely beside Latin letters: below U+0600, or an ideograph among
   * others.
   */
  private static boolean endsBigEndian(MemorySegment bytes, int last) {
    int high = at(bytes, last + 1);
    return high > 0x05 && !(isIdeographic(high) && isIdeographic(at(bytes, last + 3)));
  }

  private static boolean isIdeographic(int high) {
    return (high >= 0x30 && high <= 0x9F) || (high >= 0xAC && high <= 0xD7);
  }

  private static boolean isText(int character) {
    return (character >= ' ' && character <= '~')
        || character == '\t'
        || character == '\n'
        || character == '\r';
  }

  private static int at(MemorySegment bytes, int offset) {
    return offset < 0 || offset >= bytes.byteSize() ? -1 : bytes.get(JAVA_BYTE, offset) & 0xFF;
  }
}
