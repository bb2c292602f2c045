package io.pagestream.analyzers.identifiers;

import io.pagestream.analyzers.chars.CharView;
import io.pagestream.analyzers.chars.Chars;
import io.pagestream.analyzers.chars.Report;
import io.pagestream.analyzers.chars.TextRule;

/**
 * Telephone numbers in the international form: a plus, an assigned country code (ITU-T E.164), 8 to
 * 15 digits in all. Digits without separators must number at least 11 and stand between quotes,
 * blanks, tags or the ends of a string, or follow a word such as "tel".
 */
final class InternationalPhoneRule implements TextRule {
  private static final int MIN_DIGITS = 8;
  private static final int MIN_PLAIN_DIGITS = 11;
  private static final int MAX_DIGITS = 15;
  private static final int MAX_CHARS = 24;

  private final int first;

  /** The plus is at index {@code first}. */
  InternationalPhoneRule(int first) {
    this.first = first;
  }

  @Override
  public boolean examine(CharView text, Report report) {
    if (!isOpenLeft(text.at(first - 1))) {
      return false;
    }
    int digits = 0;
    int groups = 1;
    int parentheses = 0;
    int end = first + 1;
    int firstTwo = 0;
    for (int i = end; i < first + MAX_CHARS; i++) {
      int c = text.at(i);
      if (Chars.is(c, Chars.DIGIT)) {
        firstTwo = digits < 2 ? firstTwo * 10 + c - '0' : firstTwo;
        digits++;
        end = i + 1;
      } else if (c == '(' || c == ')') {
        parentheses += c == '(' ? 1 : 10;
      } else if ((c == ' ' || c == '-' || c == '.') && isJoint(text, i)) {
        groups += text.is(i - 1, Chars.DIGIT) ? 1 : 0;
      } else {
        break;
      }
    }
    int code = CountryCodes.length(firstTwo);
    boolean named = PhoneContext.precedes(text, first);
    if (code == 0
        || digits < MIN_DIGITS
        || digits > MAX_DIGITS
        || !(parentheses == 0 || parentheses == 11)
        || !isOpenRight(text, end)
        || (firstTwo / 10 == 1 && digits != MIN_PLAIN_DIGITS)
        || (groups == 1 && !named && (digits < MIN_PLAIN_DIGITS || isSequence(text, end)))
        || (groups > 1 && groups < 3 && !named && parentheses == 0)) {
      return false;
    }
    report.found(IdentifiersAnalyzer.PHONE, text, first, end);
    return true;
  }

  private static boolean isJoint(CharView text, int index) {
    return text.is(index + 1, Chars.DIGIT)
        || text.at(index + 1) == '('
        || (text.at(index + 1) == ' ' && text.is(index + 2, Chars.DIGIT));
  }

  private static boolean isOpenLeft(int left) {
    return switch (left) {
      case CharView.NONE,
          0,
          ' ',
          '\t',
          '\n',
          '\r',
          '"',
          '\'',
          '>',
          ':',
          '=',
          ',',
          ';',
          '(',
          '[',
          '|' ->
          true;
      default -> false;
    };
  }

  private static boolean isOpenRight(CharView text, int end) {
    return switch (text.at(end)) {
      case CharView.NONE, 0, ' ', '\t', '\n', '\r', '"', '\'', '<', ',', ';', ')', ']', '|', '@' ->
          true;
      case '.', '-' -> !text.is(end + 1, Chars.WORD);
      default -> false;
    };
  }

  /** Few different digits: a pattern. */
  private boolean isSequence(CharView text, int end) {
    int seen = 0;
    for (int i = first + 1; i < end; i++) {
      seen |= 1 << (text.at(i) - '0');
    }
    return Integer.bitCount(seen) < 4;
  }

  @Override
  public boolean mayEndAtPageEdge() {
    return false;
  }
}
