package io.pagestream.analyzers.network;

import org.jspecify.annotations.Nullable;

/** Reads names in DNS messages (RFC 1035, sections 3.1 and 4.1.4). */
final class DnsName {
  /** The name continues beyond the visible bytes. */
  static final int CUT = -1;

  /** It is not a name. */
  static final int INVALID = -2;

  /** RFC 1035, section 2.3.4. */
  private static final int MAX_BYTES = 255;

  private static final int MAX_LABEL = 63;

  private DnsName() {}

  /**
   * Reads a name. Pointers must lead backward, and the name is limited to 255 bytes, so this ends.
   *
   * @param message offset of the message, to which pointers refer
   * @param at offset of the name
   * @param limit offset after the last visible byte
   * @param text receives the name, without a dot at its end; null to check it only
   * @return offset after the name, {@link #CUT} or {@link #INVALID}
   */
  static int read(
      NetworkBytes bytes, int message, int at, int limit, @Nullable StringBuilder text) {
    int after = 0;
    int lowest = at;
    int length = 0;
    int next = at;
    while (true) {
      if (next >= limit) {
        return CUT;
      }
      int label = bytes.u8(next);
      if (label == 0) {
        return after == 0 ? next + 1 : after;
      }
      if (label >= 0xc0) {
        if (next + 2 > limit) {
          return CUT;
        }
        int target = message + (bytes.u16(next) & 0x3fff);
        if (target >= lowest || target < message + DnsRule.HEADER_BYTES) {
          return INVALID;
        }
        after = after == 0 ? next + 2 : after;
        next = target;
        lowest = target;
      } else {
        length += label + 1;
        if (label > MAX_LABEL || length >= MAX_BYTES) {
          return INVALID;
        }
        if (next + 1 + label > limit) {
          return CUT;
        }
        if (text != null) {
          append(bytes, next + 1, label, text);
        }
        next += 1 + label;
      }
    }
  }

  /** Appends a label; bytes that are not printable ASCII as in RFC 1035, section 5.1. */
  private static void append(NetworkBytes bytes, int at, int length, StringBuilder text) {
    text.append(text.isEmpty() ? "" : ".");
    for (int i = at; i < at + length; i++) {
      int c = bytes.u8(i);
      if (c <= ' ' || c >= 0x7f) {
        text.append("\\%03d".formatted(c));
      } else if (c == '.' || c == '\\') {
        text.append('\\').append((char) c);
      } else {
        text.append((char) c);
      }
    }
  }

  /** Whether a byte may be part of a host name or of a service's name (RFC 1123, RFC 6763). */
  static boolean isHostByte(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_';
  }
}
