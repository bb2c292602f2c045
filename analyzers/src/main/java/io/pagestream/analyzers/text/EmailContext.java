package io.pagestream.analyzers.text;

import io.pagestream.analyzers.chars.CharView;
import io.pagestream.analyzers.chars.Chars;
import java.util.List;

/** The surroundings of e-mail addresses, and of texts that only look like one. */
final class EmailContext {
  /** Top-level domains of hosts that occur with an underscore; others are file extensions. */
  private static final List<String> COMMON =
      List.of(
          "com", "net", "org", "edu", "gov", "mil", "int", "info", "biz", "de", "uk", "fr", "nl",
          "ru", "cn", "jp", "br", "eu", "it", "es", "ch", "at", "be", "se", "dk", "ca", "au", "us");

  private EmailContext() {}

  static boolean isCommon(CharView text, int from, int to) {
    for (String name : COMMON) {
      if (name.length() == to - from && text.startsWith(from, name)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether a letter beyond ASCII precedes {@code from}. One byte may be Latin-1 if it follows a
   * letter; scripts without blanks between words are ignored.
   */
  static boolean isInsideWord(CharView text, int from) {
    int before = text.unit(from - 1);
    if (before < 0x80) {
      return false;
    }
    int length = text.letterLengthBefore(from);
    if (text.wide()) {
      return length > 0 && before < FIRST_IDEOGRAPH;
    }
    // Three bytes: U+0800 to U+1FFF have a second byte below these scripts' in UTF-8.
    boolean alphabetic = length == 2 || (length == 3 && text.unit(from - 3) < 0xE2);
    boolean latin1 = length == 0 && before >= 0xC0 && text.is(from - 2, Chars.LETTER);
    return alphabetic || latin1;
  }

  private static final int FIRST_IDEOGRAPH = 0x2E80;

  /**
   * Whether it is the name of a cookie's file: {@code user@host[1].txt}, {@code Cookie:user@host/}.
   */
  static boolean isCookie(CharView text, int from, int to) {
    if (text.endsWith(from, "cookie:")) {
      return true;
    }
    if (text.at(to) != '[' && text.at(to) != '(') {
      return false;
    }
    int end = text.skip(to + 1, to + 4, Chars.DIGIT);
    return end > to + 1
        && text.at(end) == (text.at(to) == '[' ? ']' : ')')
        && (text.startsWith(end + 1, ".txt") || text.startsWith(end + 1, ".cookie"));
  }

  /** Whether a short local part is preceded by the name of a field or the start of a value. */
  static boolean isLabelled(CharView text, int from, int length) {
    return switch (text.at(from - 1)) {
      case '=' -> text.is(from - 2, Chars.WORD);
      case ':' -> text.is(from - 2, Chars.LETTER) && text.is(from - 3, Chars.LETTER);
      case ' ', '<', '"', '\'', ',', ';' -> length > 1;
      default -> false;
    };
  }

  /** Printable, and not part of a word; or a blank or the end of a line. */
  static boolean isDelimiter(int character) {
    return character != 0 && Chars.is(character, Chars.TEXTUAL) && !Chars.is(character, Chars.WORD);
  }
}
