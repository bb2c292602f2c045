package io.pagestream.analyzers.identifiers;

import io.pagestream.analyzers.chars.CharView;
import io.pagestream.analyzers.chars.Chars;
import io.pagestream.analyzers.chars.Report;
import io.pagestream.analyzers.chars.TextRule;

/**
 * Vehicle identification numbers (ISO 3779): 17 digits and upper-case letters other than I, O and
 * Q. Checked: the check digit at the ninth place and the year at the tenth (49 CFR 565.15), which
 * manufacturers of North America and China use, five digits at the end, and at least three letters
 * of which one is among the first three characters.
 */
final class VinRule implements TextRule {
  private static final int FIRST = -16;
  private static final int CHARS = 17;
  private static final int CHECK = 8;
  private static final int[] WEIGHTS = {8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2};
  private static final int MIN_LETTERS = 3;
  private static final int MIN_DIFFERENT = 8;

  /** Values of letters from A on. */
  private static final String LETTERS = "12345678012345070923456789";

  @Override
  public boolean examine(CharView text, Report report) {
    if (isPart(text.at(FIRST - 1)) || (isPart(text.at(1)) && !endsSentence(text))) {
      return false;
    }
    int sum = 0;
    int letters = 0;
    long seen = 0;
    for (int i = 0; i < CHARS; i++) {
      int c = text.at(FIRST + i);
      boolean letter = Chars.is(c, Chars.UPPER);
      if ((!letter && !Chars.is(c, Chars.DIGIT)) || c == 'I' || c == 'O' || c == 'Q') {
        return false;
      }
      letters += letter && i != CHECK ? 1 : 0;
      seen |= 1L << (c - '0');
      sum += WEIGHTS[i] * (letter ? LETTERS.charAt(c - 'A') - '0' : c - '0');
    }
    int check = sum % 11 == 10 ? 'X' : '0' + sum % 11;
    boolean maker = text.skip(FIRST, FIRST + 3, Chars.DIGIT) < FIRST + 3;
    if (check != text.at(FIRST + CHECK)
        || letters < MIN_LETTERS
        || !maker
        || Long.bitCount(seen) < MIN_DIFFERENT
        || isHexadecimal(text)) {
      return false;
    }
    report.found(IdentifiersAnalyzer.VIN, text, FIRST, 1);
    return true;
  }

  private static boolean endsSentence(CharView text) {
    return text.at(1) == '.' && !isPart(text.at(2));
  }

  private static boolean isPart(int character) {
    return Chars.is(character, Chars.WORD | Chars.HYPHEN | Chars.DOT)
        || character == '+'
        || character == '/'
        || character == '=';
  }

  private static boolean isHexadecimal(CharView text) {
    return text.skip(FIRST, 1, Chars.HEX) == 1;
  }

  @Override
  public boolean mayEndAtPageEdge() {
    return false;
  }
}
