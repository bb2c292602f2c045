package io.pagestream.analyzers.chars;

/** JSON as RFC 8259 defines it, checked without creating objects. */
public final class JsonText {
  private static final int MAX_DEPTH = 32;
  private static final int MAX_NUMBER_CHARS = 32;

  private JsonText() {}

  /**
   * Index after the object or array that begins at {@code from}; -1 if it is not valid, nested
   * deeper than 32 levels, or longer than {@code max} characters.
   */
  public static int end(CharView text, int from, int max) {
    int limit = from + max;
    int depth = 0;
    // A bit for each level: whether it is an object.
    long objects = 0;
    boolean value = true;
    int i = from;
    while (i < limit) {
      i = skipBlanks(text, i, limit);
      int c = text.at(i);
      if (value && (c == '{' || c == '[')) {
        if (++depth > MAX_DEPTH) {
          return -1;
        }
        objects = objects << 1 | (c == '{' ? 1 : 0);
        i = skipBlanks(text, i + 1, limit);
        boolean empty = text.at(i) == (c == '{' ? '}' : ']');
        if (!empty && c == '[') {
          continue; // the index may be negative: before the anchor
        }
        if (!empty) {
          i = nameEnd(text, i, limit);
          if (i < 0) {
            return -1;
          }
          continue;
        }
      } else if (value) {
        i = depth == 0 ? -1 : scalarEnd(text, i, limit);
        if (i < 0) {
          return -1;
        }
      }
      // After a value: the next one, or the end of its object or array.
      i = skipBlanks(text, i, limit);
      boolean object = (objects & 1) != 0;
      if (text.at(i) == ',') {
        i = object ? nameEnd(text, skipBlanks(text, i + 1, limit), limit) : i + 1;
        if (i < 0) {
          return -1;
        }
        value = true;
      } else if (text.at(i) == (object ? '}' : ']')) {
        i++;
        objects >>>= 1;
        value = false;
        if (--depth == 0) {
          return i;
        }
      } else {
        return -1;
      }
    }
    return -1;
  }

  /** Index after a member's name and the colon. */
  private static int nameEnd(CharView text, int from, int limit) {
    int end = stringEnd(text, from, limit);
    if (end < 0) {
      return -1;
    }
    end = skipBlanks(text, end, limit);
    return text.at(end) == ':' ? end + 1 : -1;
  }

  private static int scalarEnd(CharView text, int from, int limit) {
    int c = text.at(from);
    if (c == '"') {
      return stringEnd(text, from, limit);
    }
    if (c == '-' || Chars.is(c, Chars.DIGIT)) {
      int end = from + 1;
      while (end < from + MAX_NUMBER_CHARS && isNumber(text.at(end))) {
        end++;
      }
      return text.is(end - 1, Chars.DIGIT) ? end : -1;
    }
    for (String word : new String[] {"true", "false", "null"}) {
      if (c == word.charAt(0) && isWord(text, from, word)) {
        return from + word.length();
      }
    }
    return -1;
  }

  private static boolean isWord(CharView text, int from, String word) {
    int i = 0;
    while (i < word.length() && text.at(from + i) == word.charAt(i)) {
      i++;
    }
    return i == word.length();
  }

  private static boolean isNumber(int character) {
    return Chars.is(character, Chars.DIGIT | Chars.DOT | Chars.HYPHEN)
        || character == '+'
        || character == 'e'
        || character == 'E';
  }

  private static int stringEnd(CharView text, int from, int limit) {
    if (text.at(from) != '"') {
      return -1;
    }
    for (int i = from + 1; i < limit; i++) {
      int c = text.at(i);
      if (c == '"') {
        return i + 1;
      }
      if (c < ' ') {
        return -1;
      }
      if (c == '\\') {
        i++;
        if ("\"\\/bfnrtu".indexOf(text.at(i)) < 0) {
          return -1;
        }
      }
    }
    return -1;
  }

  private static int skipBlanks(CharView text, int from, int limit) {
    int i = from;
    while (i < limit && isBlank(text.at(i))) {
      i++;
    }
    return i;
  }

  private static boolean isBlank(int character) {
    return character == ' ' || character == '\n' || character == '\r' || character == '\t';
  }
}
