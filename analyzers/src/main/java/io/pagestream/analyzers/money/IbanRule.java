package io.pagestream.analyzers.money;

import io.pagestream.analyzers.chars.CharView;
import io.pagestream.analyzers.chars.Chars;
import io.pagestream.analyzers.chars.Report;
import io.pagestream.analyzers.chars.TextRule;
import java.util.Map;

/**
 * International bank account numbers (ISO 13616) in upper case, in one row or in groups of four
 * with blanks. Checked: length and structure of the country's numbers, and the check digits (ISO
 * 7064, MOD 97-10), which 1 in 97 random numbers satisfies.
 */
final class IbanRule implements TextRule {
  private static final int FIRST = -7;
  private static final int GROUP = 4;
  private static final int MODULUS = 97;

  @Override
  public boolean examine(CharView text, Report report) {
    int to = text.is(FIRST - 1, Chars.WORD) ? 0 : end(text, FIRST);
    if (to == 0) {
      return false;
    }
    String country = text.text(FIRST, FIRST + 2);
    report.found(MoneyAnalyzer.IBAN, text, FIRST, to, Map.of("country", country));
    return true;
  }

  /** Index after the number that begins at {@code from}; 0 if there is none. */
  private static int end(CharView text, int from) {
    IbanCountry country = IbanCountry.of(text.at(from), text.at(from + 1));
    if (country == null) {
      return 0;
    }
    boolean grouped = text.at(from + GROUP) == ' ';
    int at = from;
    int remainder = 0;
    int start = 0;
    for (int n = 0; n < country.length(); n++) {
      if (grouped && n > 0 && n % GROUP == 0) {
        if (text.at(at) != ' ') {
          return 0;
        }
        at++;
      }
      int c = text.at(at++);
      boolean digit = Chars.is(c, Chars.DIGIT);
      if (!digit && !(Chars.is(c, Chars.UPPER) && country.allowsLetter(n))) {
        return 0;
      }
      // The first four characters count last.
      if (n < GROUP) {
        start = next(start, c, digit);
      } else {
        remainder = next(remainder, c, digit);
      }
    }
    // Two letters and two digits are six decimal digits.
    long sum = (long) remainder * 1_000_000 + start;
    return sum % MODULUS == 1 && !text.is(at, Chars.WORD) ? at : 0;
  }

  private static int next(int number, int character, boolean digit) {
    int value = digit ? number * 10 + character - '0' : number * 100 + character - 'A' + 10;
    return value >= 10_000_000 ? value % MODULUS : value;
  }

  @Override
  public boolean mayEndAtPageEdge() {
    return false;
  }
}
