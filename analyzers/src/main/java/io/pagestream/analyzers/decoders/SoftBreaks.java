package io.pagestream.analyzers.decoders;

import io.pagestream.analyzers.api.FindingSink;
import io.pagestream.analyzers.api.Window;
import io.pagestream.schemas.lz.DecodedBytes;

/**
 * Quoted-printable text (RFC 2045, 6.7). The text analyzer reads its escapes itself, so only what
 * it cannot read is decoded: an address or URL that a soft line break ("=" at the end of a line)
 * divides.
 */
final class SoftBreaks {
  static final String CODEC = "QUOTEDPRINTABLE";

  /** Ends with the first character of the next line. */
  static final String PATTERN = "[!-<>-~]=\\r?\\n[!-~]";

  /** The longest part of a divided address before the line break, and the match. */
  static final int REACH_BYTES = 256;

  private static final int ESCAPE = 3;
  private static final int MAX_QUOTED_BYTES = 1024;

  private final DecodedBytes out;
  private byte[] memory = new byte[0];
  private int limit;

  /** Content goes through {@code out}. */
  SoftBreaks(DecodedBytes out) {
    this.out = out;
  }

  /** Shows a window. */
  void over(Window window, byte[] bytes) {
    memory = bytes;
    limit = window.limit();
  }

  private int at(int offset) {
    return offset >= 0 && offset < limit ? memory[offset] & 0xff : -1;
  }

  /** The byte that is escaped at an offset, or -1. */
  private int escaped(int offset) {
    if (at(offset) != '=' || offset + 2 >= limit) {
      return -1;
    }
    int high = Character.digit(memory[offset + 1], 16);
    int low = Character.digit(memory[offset + 2], 16);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }

  /**
   * Decodes an address around a soft line break; {@code end} is after the next line's first byte.
   */
  void decode(Window window, int end, FindingSink findings) {
    int sign = end - 1;
    while (at(sign) != '=') {
      sign--;
    }
    int start = sign;
    while (start > sign - REACH_BYTES && isPart(at(start - 1))) {
      start--;
    }
    boolean isFirst =
        at(start - 1) != '\n' || at(start - 2 - (at(start - 2) == '\r' ? 1 : 0)) != '=';
    if (!window.owns(start) || start == sign - REACH_BYTES || !isFirst) {
      return;
    }
    out.clear();
    int most = Math.min(limit, start + MAX_QUOTED_BYTES);
    int at = start;
    while (at < most && isPart(at(at))) {
      int value = escaped(at);
      if (value >= 0) {
        at += ESCAPE;
      } else if (at(at) == '=') {
        int feed = at(at + 1) == '\r' ? at + 2 : at + 1;
        if (at(feed) != '\n') {
          break;
        }
        at = feed + 1;
        continue;
      } else {
        value = at(at++);
      }
      if (!out.put(value)) {
        break;
      }
    }
    if (isAddress()) {
      findings.descend(CODEC, start, out.array(), out.length(), at >= most);
    }
  }

  private static boolean isPart(int c) {
    return c > ' ' && c < 0x7f && c != '<' && c != '>' && c != '"';
  }

  private boolean isAddress() {
    byte[] bytes = out.array();
    boolean sign = false;
    for (int i = 1; i + 3 < out.length(); i++) {
      sign |= bytes[i] == '@' || (bytes[i] == ':' && bytes[i + 1] == '/' && bytes[i + 2] == '/');
      if (sign
          && bytes[i] == '.'
          && Character.isLetterOrDigit(bytes[i - 1])
          && Character.isLetterOrDigit(bytes[i + 1])) {
        return true;
      }
    }
    return false;
  }
}
