package io.pagestream.analyzers.decoders;

import java.util.Arrays;

/**
 * Memory as characters of one byte, or of two bytes of which the second is zero (UTF-16LE), at any
 * alignment. Offsets are those of bytes.
 */
final class CharCells {
  /** Returned outside of the visible bytes, and for a cell that is not a character. */
  static final int NONE = -1;

  private static final byte[] SEXTETS = sextets();

  private byte[] bytes = new byte[0];
  private int limit;
  private int step = 1;

  /** RFC 4648, sections 4 and 5: both alphabets, which differ in the last two characters. */
  private static byte[] sextets() {
    byte[] values = new byte[256];
    Arrays.fill(values, (byte) NONE);
    String standard = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (int i = 0; i < standard.length(); i++) {
      values[standard.charAt(i)] = (byte) i;
    }
    values['-'] = 62;
    values['_'] = 63;
    return values;
  }

  /**
   * Shows memory.
   *
   * @param visible offset after the last visible byte
   * @param cellBytes 1, or 2 for UTF-16LE
   */
  void over(byte[] memory, int visible, int cellBytes) {
    bytes = memory;
    limit = visible;
    step = cellBytes;
  }

  /** Hides the bytes from an offset on; returns the previous limit. */
  int limitTo(int newLimit) {
    int before = limit;
    limit = Math.min(limit, newLimit);
    return before;
  }

  /** Undoes {@link #limitTo}. */
  void restore(int before) {
    limit = before;
  }

  /** Bytes from one character to the next. */
  int step() {
    return step;
  }

  /** Whether there is a visible cell at an offset. */
  boolean has(int offset) {
    return offset >= 0 && offset + step <= limit;
  }

  /** The character, or {@link #NONE}. */
  int at(int offset) {
    if (!has(offset) || (step == 2 && bytes[offset + 1] != 0)) {
      return NONE;
    }
    return bytes[offset] & 0xff;
  }

  /** The value of a base64 character, or {@link #NONE}. */
  int sextet(int offset) {
    int c = at(offset);
    return c < 0 ? NONE : SEXTETS[c];
  }

  /** The value of a hexadecimal digit, or {@link #NONE}. */
  int nibble(int offset) {
    int c = at(offset);
    return c < 0 || c > 'f' ? NONE : Character.digit(c, 16);
  }

  /** Offset after a line break (LF, or CR and LF); the offset itself if there is none. */
  int afterLineBreak(int offset) {
    int c = at(offset);
    if (c == '\r' && at(offset + step) == '\n') {
      return offset + 2 * step;
    }
    return c == '\n' ? offset + step : offset;
  }
}
