package io.pagestream.analyzers.identifiers;

import io.pagestream.analyzers.chars.CharView;
import io.pagestream.analyzers.chars.Chars;
import io.pagestream.analyzers.chars.Report;
import io.pagestream.analyzers.chars.TextRule;

/**
 * Social security numbers of the United States after the letters SSN: three, two and four digits,
 * with hyphens, with blanks or without. No number has an area of 000, 666 or 900 and above, a group
 * of 00 or a serial number of 0000 (Social Security Administration, POMS RM 10201.030).
 */
final class SsnRule implements TextRule {
  private static final int DIGITS = 9;
  private static final int MAX_AREA = 899;
  private static final int RESERVED_AREA = 666;

  /** Characters between the letters and the number; the anchor allows four. */
  private static final int MAX_BETWEEN = 4;

  @Override
  public boolean examine(CharView text, Report report) {
    int label = -1;
    while (label > -1 - MAX_BETWEEN && !text.is(label, Chars.LETTER)) {
      label--;
    }
    if (text.is(label - 3, Chars.LETTER)) {
      return false;
    }
    int separator = text.is(3, Chars.DIGIT) ? 0 : text.at(3);
    int end = separator == 0 ? DIGITS : DIGITS + 2;
    if ((separator != 0 && separator != '-' && separator != ' ')
        || text.is(end, Chars.WORD | Chars.HYPHEN)) {
      return false;
    }
    int step = separator == 0 ? 0 : 1;
    int area = number(text, 0, 3);
    int group = number(text, 3 + step, 2);
    int serial = number(text, 5 + 2 * step, 4);
    boolean valid =
        area > 0
            && area <= MAX_AREA
            && area != RESERVED_AREA
            && group > 0
            && serial > 0
            && (step == 0 || text.at(6) == separator);
    if (valid) {
      report.found(IdentifiersAnalyzer.SSN, text, 0, end);
    }
    return valid;
  }

  /** The number of {@code digits} digits, or -1. */
  private static int number(CharView text, int from, int digits) {
    int number = 0;
    for (int i = from; i < from + digits; i++) {
      if (!text.is(i, Chars.DIGIT)) {
        return -1;
      }
      number = 10 * number + text.at(i) - '0';
    }
    return number;
  }

  @Override
  public boolean mayEndAtPageEdge() {
    return false;
  }
}
