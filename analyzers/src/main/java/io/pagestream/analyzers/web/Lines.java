package io.pagestream.analyzers.web;

import io.pagestream.analyzers.chars.CharView;

/** Lines of protocols and logs. */
final class Lines {
  private Lines() {}

  /** Whether the index is at the end of a line, of a string or of memory. */
  static boolean isEnd(CharView text, int index) {
    return switch (text.at(index)) {
      case CharView.NONE, 0, '\r', '\n' -> true;
      default -> false;
    };
  }

  /** First index from {@code from} on at which a line ends; at most {@code max}. */
  static int end(CharView text, int from, int max) {
    int i = from;
    while (i < max && !isEnd(text, i)) {
      i++;
    }
    return i;
  }

  /** Whether the characters are printable or letters beyond ASCII. */
  static boolean isPrintable(CharView text, int from, int to) {
    for (int i = from; i < to; i++) {
      int c = text.at(i);
      int length = c >= 0x80 ? text.letterLength(i) : 1;
      if (length == 0 || (c < ' ' && c != '\t') || c == 0x7F) {
        return false;
      }
      i += length - 1;
    }
    return true;
  }

  /** Index after a line's end: line feed, or return and line feed. */
  static int next(CharView text, int end) {
    int i = text.at(end) == '\r' ? end + 1 : end;
    return text.at(i) == '\n' ? i + 1 : i;
  }
}
