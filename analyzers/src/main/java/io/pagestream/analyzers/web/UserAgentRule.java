package io.pagestream.analyzers.web;

import io.pagestream.analyzers.chars.CharView;
import io.pagestream.analyzers.chars.Chars;
import io.pagestream.analyzers.chars.Report;
import io.pagestream.analyzers.chars.TextRule;

/**
 * User agents (RFC 9110, section 10.1.5): after the name of the header field, or the form of
 * browsers, {@code Mozilla/5.0 (…)}. A product, a slash and a version that begins with a digit, and
 * balanced parentheses.
 */
final class UserAgentRule implements TextRule {
  private static final int MAX_CHARS = 512;
  private static final int MAX_PRODUCT_CHARS = 64;

  private final int first;

  /** The first character of the user agent is at index {@code first}. */
  UserAgentRule(int first) {
    this.first = first;
  }

  @Override
  public boolean examine(CharView text, Report report) {
    if (first < 0 && text.is(first - 1, Chars.WORD)) {
      return false;
    }
    int product = first;
    while (product < first + MAX_PRODUCT_CHARS
        && text.is(product, Chars.WORD | Chars.HYPHEN | Chars.DOT)) {
      product++;
    }
    if (product == first || text.at(product) != '/' || !text.is(product + 1, Chars.DIGIT)) {
      return false;
    }
    int parentheses = 0;
    int closed = text.skip(product + 1, product + 32, Chars.WORD | Chars.DOT | Chars.HYPHEN);
    int i = product + 1;
    for (; i < first + MAX_CHARS && isUserAgent(text.at(i)); i++) {
      if (text.at(i) == '(') {
        parentheses++;
      } else if (text.at(i) == ')') {
        if (--parentheses < 0) {
          break;
        }
        closed = parentheses == 0 ? i + 1 : closed;
      }
      if (text.at(i) == '%' && text.at(i + 1) == 's') {
        return false;
      }
    }
    if (parentheses > 0 && text.at(closed - 1) != ')') {
      return false;
    }
    int to = parentheses > 0 ? closed : i;
    while (to > closed && " ,;'".indexOf(text.at(to - 1)) >= 0) {
      to--;
    }
    report.found(WebAnalyzer.USER_AGENT, text, first, to);
    return true;
  }

  private static boolean isUserAgent(int character) {
    return switch (character) {
      case '"', '<', '>', '\\', '{', '}', '`', '|', '^' -> false;
      default -> character >= ' ' && character < 0x7F;
    };
  }
}
