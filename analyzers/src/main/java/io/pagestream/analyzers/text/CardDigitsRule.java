package io.pagestream.analyzers.text;

import io.pagestream.analyzers.chars.CharView;
import io.pagestream.analyzers.chars.Chars;
import io.pagestream.analyzers.chars.Report;
import io.pagestream.analyzers.chars.TextRule;

/**
 * Payment cards written as one row of digits: in prose, in rows of CSV, SQL and JSON, in tracks of
 * a magnetic stripe or of a chip.
 */
final class CardDigitsRule implements TextRule {
  private static final int FIRST = -12;

  /** Digits after a point with which a number is neither an amount nor a time of day. */
  private static final int LONG_FRACTION = 4;

  private static final int LONGEST_NEIGHBOR = 20;

  @Override
  public boolean examine(CharView text, Report report) {
    int max = FIRST + CardNumber.MAX_DIGITS + 1;
    int to = text.skip(FIRST, max, Chars.DIGIT);
    if (to == max) {
      return false;
    }
    boolean track2 = isTrack2(text, to);
    if (!(isOpenLeft(text, to) || (track2 && isTagged(text)))
        || !(track2 || isOpenRight(text, to))
        || isInTable(text, to)) {
      return false;
    }
    return CardNumber.report(text, FIRST, to, report);
  }

  private static boolean isOpenLeft(CharView text, int to) {
    int left = text.at(FIRST - 1);
    return switch (left) {
      // The fraction of a number, a negative number, a group of a longer code.
      case '.', '-', '+' -> false;
      case ',' -> text.at(to) == ',' || !isDecimalZero(text, FIRST - 2);
      // Track 1 of a magnetic stripe begins with "%B" and has a caret after the number.
      case 'B' -> text.at(FIRST - 2) == '%' || text.at(to) == '^';
      default -> !Chars.is(left, Chars.WORD) || isEscaped(text);
    };
  }

  /** Whether the escape of a URL's delimiter precedes: {@code pan%3D4539…}. */
  private static boolean isEscaped(CharView text) {
    return text.at(FIRST - 3) == '%'
        && text.is(FIRST - 2, Chars.HEX)
        && text.is(FIRST - 1, Chars.HEX);
  }

  /**
   * Whether the number before a comma is a zero: "0,4539…" is a fraction in many European locales.
   */
  private static boolean isDecimalZero(CharView text, int index) {
    return text.at(index) == '0' && !text.is(index - 1, Chars.WORD);
  }

  private static boolean isOpenRight(CharView text, int to) {
    int right = text.at(to);
    return switch (right) {
      case '.', '-' -> !text.is(to + 1, Chars.WORD);
      default -> !Chars.is(right, Chars.WORD);
    };
  }

  /**
   * Whether a number with a long fraction is the neighbor after a blank: a table of measured values
   * contains numbers of any length.
   */
  private static boolean isInTable(CharView text, int to) {
    if (text.at(to) == ' ') {
      int point = text.skip(to + 1, to + LONGEST_NEIGHBOR, Chars.DIGIT);
      int end = point + 1 + LONG_FRACTION;
      if (point > to + 1
          && text.at(point) == '.'
          && text.skip(point + 1, end, Chars.DIGIT) == end) {
        return true;
      }
    }
    int blank = FIRST - 1;
    if (text.at(blank) != ' ') {
      return false;
    }
    int fraction = text.skipBack(blank, blank - LONGEST_NEIGHBOR, Chars.DIGIT);
    return blank - fraction >= LONG_FRACTION
        && text.at(fraction - 1) == '.'
        && text.is(fraction - 2, Chars.DIGIT);
  }

  /**
   * Whether track 2 continues in the form of chips (EMV tag 57): the separator D, then year and
   * month of expiry, then the service code.
   */
  private static boolean isTrack2(CharView text, int to) {
    return text.lower(to) == 'd'
        && text.skip(to + 1, to + 8, Chars.DIGIT) == to + 8
        && CardNumber.isMonth(text, to + 3);
  }

  /** Whether the number is preceded by tag and length of track 2 (57, at most 19 bytes), in hex. */
  private static boolean isTagged(CharView text) {
    return text.at(FIRST - 4) == '5'
        && text.at(FIRST - 3) == '7'
        && (text.at(FIRST - 2) == '0' || text.at(FIRST - 2) == '1')
        && text.is(FIRST - 1, Chars.HEX);
  }
}
