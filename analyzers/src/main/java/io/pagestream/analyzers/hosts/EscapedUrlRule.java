package io.pagestream.analyzers.hosts;

import io.pagestream.analyzers.chars.CharView;
import io.pagestream.analyzers.chars.Chars;
import io.pagestream.analyzers.chars.Report;
import io.pagestream.analyzers.chars.TextRule;
import io.pagestream.analyzers.chars.Unescaped;

/**
 * URLs in the escapes of JSON ({@code https:\/\/}, also after plain slashes) and in those of other
 * URLs ({@code https%3A%2F%2F}): unescaped once, and then treated like all others.
 */
public final class EscapedUrlRule implements TextRule {
  private static final int MAX_SCHEME_CHARS = 13;
  private static final int PLAIN_COLON = -3;
  private static final int JSON_COLON = -5;
  private static final int CODE_COLON = -13;
  private static final int PERCENT_COLON = -9;

  private final TextRule rule;

  /** Applies a rule to the unescaped text, in which index 0 is the first character of the host. */
  public EscapedUrlRule(TextRule rule) {
    this.rule = rule;
  }

  @Override
  public boolean examine(CharView text, Report report) {
    boolean code = text.at(CODE_COLON) == ':' && text.at(CODE_COLON + 1) == '\\';
    boolean json = code || text.at(-1) == '/';
    boolean plainSlashes = json && text.at(-2) == '/' && text.at(-3) == ':';
    int colon = plainSlashes ? PLAIN_COLON : code ? CODE_COLON : json ? JSON_COLON : PERCENT_COLON;
    Unescaped plain = text.child();
    plain.start(text.encoding());
    int from = text.skipBack(colon, colon - MAX_SCHEME_CHARS, Chars.ALNUM);
    if (!json && text.at(from - 1) == '%' && text.skip(from, from + 2, Chars.HEX) == from + 2) {
      from += 2; // the escape of another URL's delimiter
    }
    for (int i = from; i < colon; i++) {
      plain.add(text.at(i), text.offset(i));
    }
    int i = colon;
    for (int length = 1; length > 0; i += length) {
      length = json ? jsonLength(text, i) : percentLength(text, i);
      int character = length == 1 ? text.at(i) : length == 2 ? '/' : hex(text, i + length - 2);
      if (length > 0 && !plain.add(character, text.offset(i))) {
        break;
      }
    }
    int origin = colon - from + 3;
    return plain.length() > origin && rule.examine(plain.at(origin, text.offset(i)), report);
  }

  /**
   * Number of characters that represent one: 1, 2 for an escaped slash, 6 for a code; 0 at the end.
   */
  private static int jsonLength(CharView text, int index) {
    if (text.at(index) != '\\') {
      return text.is(index, Chars.URL) ? 1 : 0;
    }
    if (text.at(index + 1) == '/') {
      return 2;
    }
    boolean code =
        text.startsWith(index + 1, "u00")
            && text.skip(index + 4, index + 6, Chars.HEX) == index + 6
            && text.at(index + 4) < '8';
    return code ? 6 : 0;
  }

  /** The same in a URL, whose delimiters end the escaped text: 1, or 3 for a code. */
  private static int percentLength(CharView text, int index) {
    int character = text.at(index);
    if (character != '%') {
      return Chars.is(character, Chars.WORD | Chars.HYPHEN | Chars.DOT)
              || character == '~'
              || character == '+'
              || character == ':'
              || character == '*'
          ? 1
          : 0;
    }
    boolean code =
        text.skip(index + 1, index + 3, Chars.HEX) == index + 3 && text.at(index + 1) < '8';
    return code ? 3 : 0;
  }

  private static int hex(CharView text, int index) {
    return Character.digit(text.at(index), 16) << 4 | Character.digit(text.at(index + 1), 16);
  }
}
