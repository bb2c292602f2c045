package io.pagestream.analyzers.text;

/**
 * Payment cards as they are embossed: 4-4-4-4, 4-4-4-4-3, 4-6-5 (American Express) or 4-6-4 (Diners
 * Club), with the same separator everywhere.
 */
final class CardGroupsRule implements TextRule {
  @Override
  public boolean examine(CharView text, Report report) {
    int separator = text.at(-1);
    int second = text.skipBack(-1, -8, Chars.DIGIT);
    if (text.at(second - 1) != separator) {
      return false;
    }
    int from = second - 5;
    int to = second == -7 ? endOfThreeGroups(text) : endOfFourGroups(text, separator);
    return to > 0 && isOpen(text, from, to, separator) && CardNumber.report(text, from, to, report);
  }

  private static int endOfThreeGroups(CharView text) {
    int digits = text.skip(0, 6, Chars.DIGIT);
    return digits == 4 || digits == 5 ? digits : -1;
  }

  private static int endOfFourGroups(CharView text, int separator) {
    if (text.skip(0, 5, Chars.DIGIT) != 4 || text.at(4) != separator) {
      return -1;
    }
    if (text.skip(5, 10, Chars.DIGIT) != 9) {
      return -1;
    }
    boolean fifth = text.at(9) == separator && text.skip(10, 14, Chars.DIGIT) == 13;
    return fifth ? 13 : 9;
  }

  /** No longer row of groups, and nothing that makes it part of another code. */
  private static boolean isOpen(CharView text, int from, int to, int separator) {
    int left = text.at(from - 1);
    int right = text.at(to);
    if (left == separator && text.is(from - 2, Chars.WORD)) {
      // Words stand before a number, too; numbers do not.
      if (separator == '-' || text.is(from - 2, Chars.DIGIT)) {
        return false;
      }
    }
    if (right == separator && text.is(to + 1, separator == '-' ? Chars.WORD : Chars.DIGIT)) {
      return false;
    }
    return !Chars.is(left, Chars.WORD | Chars.DOT | Chars.HYPHEN)
        && !Chars.is(right, Chars.WORD)
        && !(right == '.' && text.is(to + 1, Chars.WORD));
  }
}
