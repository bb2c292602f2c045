package io.pagestream.analyzers.text;

import io.pagestream.analyzers.chars.CharView;
import io.pagestream.analyzers.chars.Chars;
import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.Set;

/** Local parts with letters beyond ASCII, in UTF-8 and UTF-16: RFC 6531. */
final class InternationalMailbox {
  private static final int MAX_CHARS = 64;

  /** Scripts with blanks between words, so that a word's beginning can be recognized. */
  private static final Set<UnicodeScript> SCRIPTS =
      EnumSet.of(UnicodeScript.LATIN, UnicodeScript.GREEK, UnicodeScript.CYRILLIC);

  private InternationalMailbox() {}

  /**
   * Start of a local part whose letters are of one script; {@code at} if there is none.
   *
   * @param from start of the part that is ASCII
   * @param at index of the delimiter
   */
  static int start(CharView text, int from, int at) {
    int start = from;
    int length = 1;
    while (length > 0 && at - start <= MAX_CHARS) {
      length = text.letterLengthBefore(start);
      if (length == 0 && text.is(start - 1, Chars.WORD | Chars.HYPHEN | Chars.DOT)) {
        length = 1;
      }
      start -= length;
    }
    if (length > 0 || !isBoundary(text, start)) {
      return at;
    }
    while (start < at && text.is(start, Chars.HYPHEN | Chars.DOT)) {
      start++;
    }
    return start < at && isOneScript(text.text(start, at)) ? start : at;
  }

  /** Whether nothing, ASCII or complete punctuation in UTF-8 precedes. */
  private static boolean isBoundary(CharView text, int start) {
    int before = text.unit(start - 1);
    return before < 0x80
        || text.wide()
        || ((before & 0xC0) == 0x80
            && (text.unit(start - 2) == 0xC2 || (text.unit(start - 3) & 0xFE) == 0xE2));
  }

  private static boolean isOneScript(String local) {
    Set<UnicodeScript> found = EnumSet.noneOf(UnicodeScript.class);
    local.codePoints().filter(Character::isLetter).mapToObj(UnicodeScript::of).forEach(found::add);
    return found.size() == 1 && SCRIPTS.containsAll(found) && !local.contains("..");
  }
}
