package io.pagestream.analyzers.identifiers;

import io.pagestream.analyzers.chars.CharView;
import io.pagestream.analyzers.chars.Chars;
import io.pagestream.analyzers.chars.Report;
import io.pagestream.analyzers.chars.TextRule;

/**
 * Telephone numbers of the North American Numbering Plan: area and exchange of three digits that
 * begin with 2 to 9 and do not end in 11, and four digits. The area code is in parentheses, or a
 * word such as "tel" precedes.
 */
final class NorthAmericanPhoneRule implements TextRule {
  private static final int EXCHANGE = -7;

  @Override
  public boolean examine(CharView text, Report report) {
    if (text.is(1, Chars.WORD) || (isGroup(text.at(1)) && text.is(2, Chars.DIGIT))) {
      return false;
    }
    int area = text.at(EXCHANGE - 2) == ')' ? EXCHANGE - 5 : EXCHANGE - 4;
    boolean parenthesis = text.at(area + 3) == ')' && text.at(area - 1) == '(';
    int from = parenthesis ? area - 1 : area;
    if (!parenthesis && text.at(area + 3) != text.at(-4)) {
      return false;
    }
    int left = text.at(from - 1);
    if (isPair(text, area) || isPair(text, EXCHANGE) || Chars.is(left, Chars.WORD)) {
      return false;
    }
    boolean prefixed = isGroup(left) && text.at(from - 2) == '1' && !text.is(from - 3, Chars.WORD);
    if (prefixed && text.at(from - 3) == '+') {
      return true; // the international form
    }
    from = prefixed ? from - 2 : from;
    left = text.at(from - 1);
    if (Chars.is(left, Chars.WORD) || (isGroup(left) && text.is(from - 2, Chars.DIGIT))) {
      return false;
    }
    if (isSame(text, area)) {
      return false;
    }
    if (!parenthesis && !PhoneContext.precedes(text, from)) {
      return false;
    }
    report.found(IdentifiersAnalyzer.PHONE, text, from, 1);
    return true;
  }

  /** Service codes end in 11. */
  private static boolean isPair(CharView text, int from) {
    return text.at(from + 1) == '1' && text.at(from + 2) == '1';
  }

  /** A placeholder: all digits are the same. */
  private static boolean isSame(CharView text, int area) {
    int digit = text.at(area);
    for (int i = area; i <= 0; i++) {
      if (text.is(i, Chars.DIGIT) && text.at(i) != digit) {
        return false;
      }
    }
    return true;
  }

  private static boolean isGroup(int character) {
    return character == '-' || character == '.' || character == ' ';
  }

  @Override
  public boolean mayEndAtPageEdge() {
    return false;
  }
}
