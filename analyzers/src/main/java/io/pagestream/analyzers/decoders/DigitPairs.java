package io.pagestream.analyzers.decoders;

import io.pagestream.analyzers.api.FindingSink;
import io.pagestream.analyzers.api.Window;
import io.pagestream.schemas.lz.DecodedBytes;

/**
 * Bytes written as pairs of hexadecimal digits, each with the same characters around it: the
 * escapes of URLs (RFC 3986, 2.1) and of programming languages, and listings. A run is decoded if
 * its content begins with text or a signature. The escapes of single characters, as in ordinary
 * URLs, are not decoded: the text analyzer reads them.
 */
final class DigitPairs {
  /** A form of writing, in the order of the patterns. */
  enum Form {
    PERCENT("PERCENT", "%", "", 12),
    ESCAPES(Base64Search.HEX, "\\x", "", 12),
    SPACES(Base64Search.HEX, "", " ", 16),
    COLONS(Base64Search.HEX, "", ":", 16);

    private final String codec;
    private final String before;
    private final String after;
    private final int least;

    Form(String codec, String before, String after, int least) {
      this.codec = codec;
      this.before = before;
      this.after = after;
      this.least = least;
    }

    /** Matches the first pairs of a run, and those of its rest. */
    String pattern() {
      return "(?:%s[0-9A-Fa-f]{2}%s){%d}".formatted(before.replace("\\", "\\\\"), after, least);
    }

    private int length() {
      return before.length() + 2 + after.length();
    }
  }

  private static final int MAX_BYTES = 16 * 1024;
  private static final int MIN_CONTENT = 12;

  private final DecodedBytes out;
  private byte[] memory = new byte[0];
  private int limit;

  /** Content goes through {@code out}. */
  DigitPairs(DecodedBytes out) {
    this.out = out;
  }

  /** Shows a window. */
  void over(Window window, byte[] bytes) {
    memory = bytes;
    limit = window.limit();
  }

  /** Decodes a run of which {@code end} is after the first pairs. */
  void decode(Form form, Window window, int end, FindingSink findings) {
    int start = end - form.least * form.length();
    int previous = start - form.length();
    boolean isFirst = pair(form, previous) < 0 || !isAt(start - form.after.length(), form.after);
    if (!window.owns(start) || !isFirst) {
      return;
    }
    out.clear();
    int most = Math.min(limit, start + MAX_BYTES);
    int at = start;
    int value = pair(form, at);
    while (value >= 0 && at < most && out.put(value)) {
      int next = at + form.length();
      value = isAt(next - form.after.length(), form.after) ? pair(form, next) : -1;
      at = next;
    }
    int head = Math.min(out.length(), ContentTest.HEAD_BYTES);
    boolean isText = head >= MIN_CONTENT && ContentTest.isUtf8(out.array(), head);
    if (isText || ContentTest.hasSignature(out.array(), head)) {
      findings.descend(form.codec, start, out.array(), out.length(), value >= 0);
    }
  }

  /** The byte whose pair is at an offset, or -1. */
  private int pair(Form form, int offset) {
    int at = offset + form.before.length();
    if (offset < 0 || at + 2 > limit || !isAt(offset, form.before)) {
      return -1;
    }
    int high = Character.digit(memory[at], 16);
    int low = Character.digit(memory[at + 1], 16);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }

  private boolean isAt(int offset, String text) {
    if (offset < 0 || offset + text.length() > limit) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (memory[offset + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
