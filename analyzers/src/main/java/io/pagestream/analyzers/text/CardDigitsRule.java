package io.pagestream.analyzers.text;

/** Payment cards written as one row of digits. */
final class CardDigitsRule implements TextRule {
  private static final int FIRST = -12;

  @Override
  public boolean examine(CharView text, Report report) {
    int max = FIRST + CardNumber.MAX_DIGITS + 1;
    int to = text.skip(FIRST, max, Chars.DIGIT);
    if (to == max || !isOpenLeft(text) || !isOpenRight(text, to)) {
      return false;
    }
    return CardNumber.report(text, FIRST, to, report);
  }

  private static boolean isOpenLeft(CharView text) {
    int left = text.at(FIRST - 1);
    return switch (left) {
      // The fraction of a number, a negative number, a group of a longer code.
      case '.', '-', '+' -> false;
      case ',' -> !text.is(FIRST - 2, Chars.DIGIT);
      // Track 1 of a magnetic stripe begins with "%B".
      case 'B' -> text.at(FIRST - 2) == '%';
      default -> !Chars.is(left, Chars.WORD);
    };
  }

  private static boolean isOpenRight(CharView text, int to) {
    int right = text.at(to);
    return switch (right) {
      case '.', ',' -> !text.is(to + 1, Chars.WORD);
      case '-' -> !text.is(to + 1, Chars.WORD);
      default -> !Chars.is(right, Chars.WORD);
    };
  }
}
