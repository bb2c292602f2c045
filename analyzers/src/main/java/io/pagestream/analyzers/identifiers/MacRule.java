package io.pagestream.analyzers.identifiers;

import io.pagestream.analyzers.chars.CharView;
import io.pagestream.analyzers.chars.Chars;
import io.pagestream.analyzers.chars.Report;
import io.pagestream.analyzers.chars.TextRule;

/**
 * Hardware addresses (IEEE 802, MAC-48): six pairs of hexadecimal digits with the same separator.
 * Longer rows are fingerprints or World Wide Names. Not reported: addresses with fewer than three
 * different pairs (counters, broadcast), and rows that may be dates and times, without a letter.
 */
final class MacRule implements TextRule {
  private static final int FIRST = -15;
  private static final int END = 2;
  private static final int PAIRS = 6;
  private static final int MIN_DIFFERENT_PAIRS = 3;

  @Override
  public boolean examine(CharView text, Report report) {
    int separator = text.at(-1);
    if (!text.is(1, Chars.HEX)
        || text.is(END, Chars.WORD)
        || text.is(FIRST - 1, Chars.WORD)
        || (isSeparator(text.at(FIRST - 1)) && text.is(FIRST - 2, Chars.HEX))
        || (isSeparator(text.at(END))
            && text.is(END + 1, Chars.HEX)
            && text.is(END + 2, Chars.HEX))) {
      return false;
    }
    int different = 0;
    boolean letter = false;
    for (int pair = 0; pair < PAIRS; pair++) {
      int at = FIRST + 3 * pair;
      if (pair > 0 && text.at(at - 1) != separator) {
        return false;
      }
      letter |= text.is(at, Chars.LETTER) || text.is(at + 1, Chars.LETTER);
      boolean repeated = false;
      for (int before = FIRST; before < at; before += 3) {
        repeated |= text.at(before) == text.at(at) && text.at(before + 1) == text.at(at + 1);
      }
      different += repeated ? 0 : 1;
    }
    if (different < MIN_DIFFERENT_PAIRS || !(letter || isNamed(text))) {
      return false;
    }
    report.found(IdentifiersAnalyzer.MAC_ADDRESS, text, FIRST, END);
    return true;
  }

  private static boolean isSeparator(int character) {
    return character == ':' || character == '-';
  }

  /** Whether the word before is that of a command or log which prints hardware addresses. */
  private static boolean isNamed(CharView text) {
    int end = FIRST;
    while (end > FIRST - 4 && " =:\"'([".indexOf(text.at(end - 1)) >= 0) {
      end--;
    }
    for (String word :
        new String[] {"ether", "mac", "hwaddr", "lladdr", "address", "bssid", "at"}) {
      if (text.endsWith(end, word)) {
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
