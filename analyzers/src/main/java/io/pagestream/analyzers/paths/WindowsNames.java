package io.pagestream.analyzers.paths;

import io.pagestream.analyzers.chars.CharView;
import io.pagestream.analyzers.chars.Chars;

/** Names between backslashes: Microsoft, "Naming files, paths, and namespaces". */
final class WindowsNames {
  private static final int MAX_CHARS = 400;
  private static final int MAX_NAME_CHARS = 255;

  private WindowsNames() {}

  /**
   * End of the names that begin at {@code from}. A blank is part of a name that a backslash
   * follows, or of the last one if the text is quoted.
   *
   * @param quoted whether the path follows a quote
   */
  static int end(CharView text, int from, boolean quoted) {
    int limit = from + MAX_CHARS;
    int end = from;
    int i = from;
    int name = from;
    while (i < limit && i - name <= MAX_NAME_CHARS) {
      int c = text.at(i);
      if (c == '\\') {
        if (i == name) {
          break;
        }
        end = i;
        name = i + 1;
        i++;
        continue;
      }
      int length = length(text, i);
      if (length == 0) {
        boolean last = i > name && (c != ':' || !text.is(i + 1, Chars.WORD));
        boolean blank = last && hasBlank(text, name, i);
        if (last) {
          end = blank && !(quoted && (c == '"' || c == '\'')) ? firstBlank(text, name, i) : i;
        }
        break;
      }
      i += length;
    }
    while (end > from
        && (text.at(end - 1) == '.'
            || text.at(end - 1) == ' '
            || text.at(end - 1) == ','
            || text.at(end - 1) == ';'
            || text.at(end - 1) == ']'
            || text.at(end - 1) == ')')) {
      end--;
    }
    return end;
  }

  /** Number of names that end before {@code to}. */
  static int count(CharView text, int from, int to) {
    int count = 1;
    for (int i = from; i < to; i++) {
      count += text.at(i) == '\\' ? 1 : 0;
    }
    return count;
  }

  /** Whether the last name has an extension of one to five letters and digits. */
  static boolean hasExtension(CharView text, int from, int to) {
    int dot = text.skipBack(to, Math.max(from, to - 6), Chars.ALNUM);
    return dot < to && dot > from + 1 && text.at(dot - 1) == '.' && to - dot <= 5;
  }

  private static int length(CharView text, int index) {
    return switch (text.at(index)) {
      case '<', '>', ':', '"', '/', '|', '?', '*', '\'', '`', CharView.NONE -> 0;
      default -> {
        int c = text.at(index);
        yield c >= 0x80 ? text.letterLength(index) : c < ' ' || c == 0x7F ? 0 : 1;
      }
    };
  }

  private static boolean hasBlank(CharView text, int from, int to) {
    return firstBlank(text, from, to) < to;
  }

  private static int firstBlank(CharView text, int from, int to) {
    int i = from;
    while (i < to && text.at(i) != ' ') {
      i++;
    }
    return i;
  }
}
