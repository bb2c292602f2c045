package io.pagestream.analyzers.documents;

import io.pagestream.analyzers.chars.CharView;
import io.pagestream.analyzers.chars.Chars;

/** Degrees in decimal notation. */
final class Positions {
  private static final int MAX_CHARS = 24;
  private static final int MIN_FRACTION_DIGITS = 3;

  private Positions() {}

  /**
   * Index after the degrees that begin at {@code from}: at most {@code max}, with at least three
   * digits after the point; 0 if there are none.
   */
  static int end(CharView text, int from, int max) {
    int sign = text.at(from) == '-' || text.at(from) == '+' ? 1 : 0;
    int whole = text.skip(from + sign, from + sign + 4, Chars.DIGIT);
    int end = text.at(whole) == '.' ? text.skip(whole + 1, from + MAX_CHARS, Chars.DIGIT) : whole;
    int number = 0;
    for (int i = from + sign; i < whole; i++) {
      number = number * 10 + text.at(i) - '0';
    }
    return whole > from + sign
            && number <= max
            && end - whole - 1 >= MIN_FRACTION_DIGITS
            && !text.is(end, Chars.WORD | Chars.DOT)
        ? end
        : 0;
  }

  /** Whether a text begins with longitude, comma, latitude: KML's order. */
  static boolean isLongitudeFirst(String text) {
    String[] parts = text.split(",", 4);
    return parts.length >= 2 && inRange(parts[0], 180) && inRange(parts[1].split(" ", 2)[0], 90);
  }

  private static boolean inRange(String number, int max) {
    try {
      return Math.abs(Double.parseDouble(number)) <= max;
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
