package io.pagestream.analyzers.web;

import io.pagestream.analyzers.chars.CharView;
import io.pagestream.analyzers.chars.Chars;
import io.pagestream.analyzers.chars.Report;
import io.pagestream.analyzers.chars.TextRule;
import java.util.Map;

/**
 * The header fields {@code Cookie} and {@code Set-Cookie} (RFC 6265, section 4): a name of token
 * characters, an equals sign and a value. The finding is the whole field.
 */
final class CookieRule implements TextRule {
  private static final int MAX_NAME_CHARS = 128;
  private static final int MAX_CHARS = 2048;

  @Override
  public boolean examine(CharView text, Report report) {
    int name = text.skipBack(-1, -16, Chars.LETTER | Chars.HYPHEN);
    boolean set = text.endsWith(-1, "set-cookie");
    if (-1 - name != (set ? "set-cookie" : "cookie").length() || text.is(name - 1, Chars.WORD)) {
      return false;
    }
    int equals = 1;
    while (equals < MAX_NAME_CHARS && isToken(text.at(equals))) {
      equals++;
    }
    if (equals == 1 || text.at(equals) != '=' || text.at(equals + 1) == '=') {
      return false;
    }
    int to = equals;
    while (to < MAX_CHARS && isCookie(text.at(to))) {
      to++;
    }
    while (text.at(to - 1) == ' ' || text.at(to - 1) == ';') {
      to--;
    }
    if (to - 1 <= equals || isTemplate(text, equals, to)) {
      return false;
    }
    report.found(
        WebAnalyzer.HTTP_COOKIE,
        text,
        name,
        to,
        Map.of("header", set ? "Set-Cookie" : "Cookie", "name", text.text(1, equals)));
    return true;
  }

  /** RFC 9110, section 5.6.2. */
  private static boolean isToken(int character) {
    return Chars.is(character, Chars.WORD | Chars.HYPHEN | Chars.DOT)
        || (character > 0 && "!#$&'*+^`|~".indexOf(character) >= 0);
  }

  private static boolean isCookie(int character) {
    return character >= ' ' && character < 0x7F && character != '"' && character != '\\';
  }

  private static boolean isTemplate(CharView text, int from, int to) {
    for (int i = from; i < to; i++) {
      int c = text.at(i);
      if (c == '{' || c == '<' || (c == '%' && !text.is(i + 1, Chars.HEX))) {
        return true;
      }
    }
    return false;
  }
}
