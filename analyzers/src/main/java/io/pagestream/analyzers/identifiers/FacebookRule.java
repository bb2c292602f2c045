package io.pagestream.analyzers.identifiers;

import io.pagestream.analyzers.chars.CharView;
import io.pagestream.analyzers.chars.Chars;
import io.pagestream.analyzers.chars.Report;
import io.pagestream.analyzers.chars.TextRule;

/**
 * Numbers of Facebook accounts, pages and photographs, after a parameter, cookie or member of JSON
 * that contains them. Up to 2009, numbers of accounts had up to 10 digits; since then they have 15
 * and begin with 1000. Those of pages and photographs have up to 17. A name that other sites use as
 * well must be followed by a number of the second form.
 *
 * @param isSpecific whether only Facebook uses the name
 */
record FacebookRule(boolean isSpecific) implements TextRule {
  private static final int MIN_DIGITS = 5;
  private static final int MAX_DIGITS = 17;
  private static final int ACCOUNT_DIGITS = 15;
  private static final String ACCOUNT_PREFIX = "1000";

  @Override
  public boolean examine(CharView text, Report report) {
    int end = text.skip(0, MAX_DIGITS + 1, Chars.DIGIT);
    boolean valid =
        end >= MIN_DIGITS
            && end <= MAX_DIGITS
            && text.at(0) != '0'
            && !text.is(end, Chars.WORD)
            && hasDifferentDigits(text, end);
    boolean isAccount = end == ACCOUNT_DIGITS && text.startsWith(0, ACCOUNT_PREFIX);
    if (!valid || !(isSpecific || isAccount)) {
      return false;
    }
    report.found(IdentifiersAnalyzer.FACEBOOK_ID, text, 0, end);
    return true;
  }

  private static boolean hasDifferentDigits(CharView text, int end) {
    for (int i = 1; i < end; i++) {
      if (text.at(i) != text.at(0)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean mayEndAtPageEdge() {
    return false;
  }
}
