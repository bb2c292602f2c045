package io.pagestream.analyzers.armor;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the lines of an {@link ArmoredBlock}, each byte once. BEGIN lines are not in the data. */
final class ArmorReader {
  /** Fields may contain other BEGIN lines, each of which is read again from there. */
  private static final int MAX_FIELDS = 16;

  private static final int MAX_FIELD_NAME = 32;
  private static final int MAX_FIELD = 256;
  private static final int CHECKSUM_DIGITS = 4;

  private final MemorySegment memory;
  private final int limit;
  private int at;
  private int lastDigit;
  private int checksum = -1;

  ArmorReader(MemorySegment memory, int limit) {
    this.memory = memory;
    this.limit = limit;
  }

  @Nullable ArmoredBlock read(String label, int start, int lineEnd) {
    at = lineEnd;
    if (!skipSpace()) {
      return null;
    }
    Map<String, String> fields = new HashMap<>();
    for (int n = 0; n < MAX_FIELDS && field(fields); n++) {
      skipSpace();
    }
    byte[] content = data();
    if (lastDigit == 0) {
      return null;
    }
    byte[] last = ("-----END " + label + "-----").getBytes(StandardCharsets.US_ASCII);
    boolean complete = startsWith(memory, at, limit, last);
    int end = complete ? at + last.length : lastDigit;
    return new ArmoredBlock(label, start, end, content, checksum, complete, fields);
  }

  /** The data up to the first byte that is neither a digit nor white space. */
  private byte[] data() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int bits = 0;
    int digits = 0;
    while (at < limit) {
      int digit = Base64Text.digit(u8(at));
      if (digit < 0) {
        if (skipSpace()) {
          continue;
        }
        break;
      }
      bits = bits << 6 | digit;
      at++;
      lastDigit = at;
      if (++digits % 4 == 0) {
        out.write(bits >> 16);
        out.write(bits >> 8);
        out.write(bits);
      }
    }
    padding(out, bits, digits % 4);
    checksum();
    return out.toByteArray();
  }

  private void padding(ByteArrayOutputStream out, int bits, int digits) {
    if (digits < 2 || at >= limit || u8(at) != '=') {
      return;
    }
    out.write(bits >> (digits == 2 ? 4 : 10));
    if (digits == 3) {
      out.write(bits >> 2);
    }
    for (int n = digits; n < 4 && at < limit && u8(at) == '='; n++) {
      at++;
      lastDigit = at;
    }
    skipSpace();
  }

  /** The line of OpenPGP's CRC-24 (RFC 9580, section 6.1). */
  private void checksum() {
    if (at > limit - CHECKSUM_DIGITS - 1 || u8(at) != '=') {
      return;
    }
    int value = 0;
    for (int i = 1; i <= CHECKSUM_DIGITS; i++) {
      int digit = Base64Text.digit(u8(at + i));
      if (digit < 0) {
        return;
      }
      value = value << 6 | digit;
    }
    checksum = value;
    at += 1 + CHECKSUM_DIGITS;
    lastDigit = at;
    skipSpace();
  }

  /** Reads a line {@code Name: value}. */
  private boolean field(Map<String, String> fields) {
    int colon = at;
    while (colon < limit && colon - at < MAX_FIELD_NAME && isName(u8(colon))) {
      colon++;
    }
    if (colon == at || colon > limit - 2 || u8(colon) != ':' || u8(colon + 1) != ' ') {
      return false;
    }
    int end = colon + 2;
    while (end < limit
        && end - at < MAX_FIELD
        && u8(end) >= ' '
        && u8(end) <= '~'
        && !isEscape(end)) {
      end++;
    }
    fields.put(text(at, colon), text(colon + 2, end));
    at = end;
    return true;
  }

  private static boolean isName(int b) {
    return (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z') || b == '-';
  }

  private boolean isEscape(int offset) {
    if (offset > limit - 2 || u8(offset) != '\\') {
      return false;
    }
    int next = u8(offset + 1);
    return next == 'n' || next == 'r' || next == 't';
  }

  /** Whether there was white space. */
  private boolean skipSpace() {
    int from = at;
    while (at < limit) {
      int b = u8(at);
      if (b == '\n' || b == '\r' || b == ' ' || b == '\t') {
        at++;
      } else if (isEscape(at)) {
        at += 2;
      } else {
        break;
      }
    }
    return at > from;
  }

  private String text(int from, int to) {
    return new String(
        memory.asSlice(from, to - from).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.US_ASCII);
  }

  private int u8(int offset) {
    return memory.get(ValueLayout.JAVA_BYTE, offset) & 0xff;
  }

  static boolean startsWith(MemorySegment memory, int offset, int limit, byte[] expected) {
    return offset <= limit - expected.length
        && MemorySegment.mismatch(
                memory,
                offset,
                offset + expected.length,
                MemorySegment.ofArray(expected),
                0,
                expected.length)
            < 0;
  }
}
