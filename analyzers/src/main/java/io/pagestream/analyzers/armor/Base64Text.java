package io.pagestream.analyzers.armor;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Base64 (RFC 4648, section 4) in memory. */
public final class Base64Text {
  private static final byte[] DIGITS = new byte[256];

  static {
    Arrays.fill(DIGITS, (byte) -1);
    for (int i = 0; i < 26; i++) {
      DIGITS['A' + i] = (byte) i;
      DIGITS['a' + i] = (byte) (26 + i);
    }
    for (int i = 0; i < 10; i++) {
      DIGITS['0' + i] = (byte) (52 + i);
    }
    DIGITS['+'] = 62;
    DIGITS['/'] = 63;
  }

  private Base64Text() {}

  /** Whether a byte is a digit of base64. */
  public static boolean isDigit(int b) {
    return digit(b) >= 0;
  }

  /** The value of a digit, or -1. */
  static int digit(int b) {
    return DIGITS[b & 0xff];
  }

  /**
   * Offset after the digits and the padding that start at an offset.
   *
   * @param limit offset after the last byte that is read
   */
  public static int end(MemorySegment memory, int from, int limit) {
    int at = from;
    while (at < limit && isDigit(memory.get(ValueLayout.JAVA_BYTE, at))) {
      at++;
    }
    for (int n = 0; n < 2 && at < limit && memory.get(ValueLayout.JAVA_BYTE, at) == '='; n++) {
      at++;
    }
    return at;
  }

  /** The decoded bytes, or null if {@code [from, to)} is not padded base64 in its only form. */
  public static byte @Nullable [] decode(MemorySegment memory, int from, int to) {
    if ((to - from) % 4 != 0) {
      return null;
    }
    byte[] text = memory.asSlice(from, to - from).toArray(ValueLayout.JAVA_BYTE);
    try {
      byte[] decoded = Base64.getDecoder().decode(text);
      return Arrays.equals(Base64.getEncoder().encode(decoded), text) ? decoded : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
