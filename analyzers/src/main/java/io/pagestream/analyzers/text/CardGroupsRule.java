package io.pagestream.analyzers.text;

import io.pagestream.analyzers.chars.CharView;
import io.pagestream.analyzers.chars.Chars;
import io.pagestream.analyzers.chars.Report;
import io.pagestream.analyzers.chars.TextRule;
import io.pagestream.analyzers.hosts.Ipv4Text;

/**
 * Payment cards in their embossed form: 4-4-4-4, 4-4-4-4-3, 4-6-5 (American Express) or 4-6-4
 * (Diners Club), with the same separator everywhere.
 */
final class CardGroupsRule implements TextRule {
  /** Plausible years of expiry, with two digits. */
  private static final int FIRST_YEAR = 15;

  private static final int LAST_YEAR = 33;

  @Override
  public boolean examine(CharView text, Report report) {
    int separator = text.at(-1);
    int second = text.skipBack(-1, -8, Chars.DIGIT);
    if (text.at(second - 1) != separator) {
      return false;
    }
    int from = second - 5;
    if (second == -7) {
      int to = endOfThreeGroups(text);
      return to > 0 && report(text, from, to, separator, report);
    }
    int to = endOfFourGroups(text, 0, separator);
    // The fourth group may be followed by the rest of 19 digits, or by three digits of another
    // number.
    return to > 0
        && ((text.at(to) == separator
                && text.skip(to + 1, to + 5, Chars.DIGIT) == to + 4
                && CardNumber.isOne(text, from, to + 4)
                && report(text, from, to + 4, separator, report))
            || report(text, from, to, separator, report));
  }

  private static boolean report(CharView text, int from, int to, int separator, Report report) {
    return isOpen(text, from, to, separator) && CardNumber.report(text, from, to, report);
  }

  private static int endOfThreeGroups(CharView text) {
    int digits = text.skip(0, 6, Chars.DIGIT);
    return digits == 4 || digits == 5 ? digits : -1;
  }

  /** End of the fourth group if the third begins at {@code third}. */
  private static int endOfFourGroups(CharView text, int third, int separator) {
    return text.skip(third, third + 5, Chars.DIGIT) == third + 4
            && text.at(third + 4) == separator
            && text.skip(third + 5, third + 10, Chars.DIGIT) == third + 9
        ? third + 9
        : -1;
  }

  /** Whether it is not part of a longer row of groups or another code. */
  private static boolean isOpen(CharView text, int from, int to, int separator) {
    int left = text.at(from - 1);
    int right = text.at(to);
    if (left == separator && text.is(from - 2, Chars.WORD)) {
      // Words may precede a number; other groups of it may not.
      if (separator == '-' || (text.is(from - 2, Chars.DIGIT) && !mayPrecede(text, from))) {
        return false;
      }
    }
    if (right == separator && separator == '-' && text.is(to + 1, Chars.WORD)) {
      return false;
    }
    if (right == separator && text.is(to + 1, Chars.DIGIT) && !mayFollow(text, to)) {
      return false;
    }
    return !Chars.is(left, Chars.WORD | Chars.DOT | Chars.HYPHEN)
        && !Chars.is(right, Chars.WORD)
        && !(right == '.' && text.is(to + 1, Chars.WORD));
  }

  /** Whether a number of a list's row (up to three digits) or another card ends before a blank. */
  private static boolean mayPrecede(CharView text, int from) {
    int end = from - 1;
    int number = text.skipBack(end, end - 6, Chars.DIGIT);
    boolean alone =
        !text.is(number - 1, Chars.WORD)
            && !(text.at(number - 1) == ' ' && text.is(number - 2, Chars.DIGIT));
    if (alone && end - number <= 3) {
      return true;
    }
    return isCard(text, end - 19, end)
        || isCard(text, end - 17, end)
        || isCard(text, end - 16, end);
  }

  private static boolean isCard(CharView text, int from, int to) {
    return text.at(from + 4) == ' '
        && text.is(from, Chars.DIGIT)
        && !text.is(from - 1, Chars.WORD)
        && text.skip(from, to, Chars.DIGIT) == from + 4
        && groupsEnd(text, from) == to
        && CardNumber.isOne(text, from, to);
  }

  /** End of the groups of a card that begin at {@code from}; -1 if there are none. */
  private static int groupsEnd(CharView text, int from) {
    int second = from + 5;
    int secondEnd = text.skip(second, second + 7, Chars.DIGIT);
    if (text.skip(from, second, Chars.DIGIT) != from + 4
        || text.at(from + 4) != ' '
        || text.at(secondEnd) != ' ') {
      return -1;
    }
    int third = secondEnd + 1;
    if (secondEnd - second == 6) {
      int end = text.skip(third, third + 6, Chars.DIGIT);
      return end - third == 4 || end - third == 5 ? end : -1;
    }
    return secondEnd - second == 4 ? endOfFourGroups(text, third, ' ') : -1;
  }

  /**
   * Whether the number after a blank is a separate one: expiry, code, date, another card. A group
   * of four digits may be the next group of the same code, so it must be a plausible expiry, an
   * expiry followed by a code, or the year of a date.
   */
  private static boolean mayFollow(CharView text, int to) {
    int from = to + 1;
    int end = text.skip(from, from + 10, Chars.DIGIT);
    int after = text.at(end);
    if (Chars.is(after, Chars.WORD)) {
      return false;
    }
    if (end - from != 4) {
      return true;
    }
    if (after == '-' || after == '/' || after == '.') {
      return text.is(end + 1, Chars.DIGIT);
    }
    if (CardNumber.isMonth(text, from)) {
      int year = Ipv4Text.number(text, from + 2, end);
      int code = text.skip(end + 1, end + 5, Chars.DIGIT) - end - 1;
      boolean codeFollows =
          after == ' ' && (code == 3 || code == 4) && !text.is(end + 1 + code, Chars.WORD);
      if (codeFollows || (year >= FIRST_YEAR && year <= LAST_YEAR && !(after == ' ' && code > 0))) {
        return true;
      }
    }
    int card = groupsEnd(text, from);
    return card > 0 && CardNumber.isOne(text, from, card);
  }
}
