package io.pagestream.analyzers.identifiers;

import io.pagestream.analyzers.chars.CharView;
import io.pagestream.analyzers.chars.Chars;
import io.pagestream.analyzers.chars.Report;
import io.pagestream.analyzers.chars.TextRule;

/**
 * GUIDs in their text form (RFC 9562, section 4): groups of 8, 4, 4, 4 and 12 hexadecimal digits,
 * with a variant and version that the RFC defines.
 */
final class GuidRule implements TextRule {
  private static final int FIRST = -24;
  private static final int END = 12;

  @Override
  public boolean examine(CharView text, Report report) {
    if (text.skip(0, END + 1, Chars.HEX) != END
        || text.is(END, Chars.WORD)
        || text.is(FIRST - 1, Chars.WORD)
        || (text.at(END) == '-' && text.is(END + 1, Chars.HEX))
        || (text.at(FIRST - 1) == '-' && text.is(FIRST - 2, Chars.HEX))) {
      return false;
    }
    report.found(IdentifiersAnalyzer.GUID, text, FIRST, END);
    return true;
  }

  @Override
  public boolean mayEndAtPageEdge() {
    return false;
  }
}
