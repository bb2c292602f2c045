package io.pagestream.analyzers.text;

import io.pagestream.analyzers.chars.CharView;
import io.pagestream.analyzers.chars.Chars;
import java.util.List;

/** Codes of quoted-printable (RFC 2045, section 6.7) that precede a local part. */
final class QuotedPrintable {
  /** Quoted-printable codes of delimiters, in hexadecimal digits. */
  private static final List<String> QUOTED =
      List.of("3D", "3C", "3E", "3A", "3B", "2C", "5B", "0A", "0D");

  /** The same, with digits only: they are recognized if a letter follows. */
  private static final List<String> QUOTED_DIGITS = List.of("20", "22", "27", "28", "09");

  /** Two lines of a message. */
  private static final int NEAR_CHARS = 152;

  private QuotedPrintable() {}

  /**
   * Start of a local part whose characters from {@code from} on begin with the digits of a code:
   * {@code =3Djane}. {@code at} if the code is that of a letter, which belongs to the local part.
   */
  static int start(CharView text, int from, int at) {
    if (text.at(from - 1) != '=' || from + 2 >= at) {
      return from;
    }
    for (String code : QUOTED) {
      if (isCode(text, from, code)) {
        return from + 2;
      }
    }
    for (String code : QUOTED_DIGITS) {
      if (isCode(text, from, code) && text.is(from + 2, Chars.LETTER)) {
        return from + 2;
      }
    }
    int last = code(text, from);
    if (last < 0x80) {
      return from;
    }
    int before = text.at(from - 4) == '=' ? code(text, from - 3) : -1;
    if (before >= 0x80) {
      // UTF-8: U+00A0 to U+00BF and U+2000 to U+203F are blanks and punctuation.
      boolean general = before == 0x80 && text.at(from - 7) == '=' && code(text, from - 6) == 0xE2;
      return before == 0xC2 || general ? from + 2 : at;
    }
    // One byte: Latin-1 or Windows-1252.
    if (last < 0xC0) {
      boolean hasDigit = text.is(from, Chars.DIGIT) || text.is(from + 1, Chars.DIGIT);
      return hasDigit && text.is(from + 2, Chars.LETTER) ? from + 2 : from;
    }
    boolean insideWord = text.is(from - 2, Chars.LOWER) && text.is(from + 2, Chars.LOWER);
    return insideWord && text.skip(from, at, Chars.LETTER | Chars.DOT) == at ? at : from;
  }

  /** Whether another code is near the text in {@code [from, to)}. */
  static boolean surrounds(CharView text, int from, int to) {
    for (int i = from - NEAR_CHARS; i < to + NEAR_CHARS; i++) {
      boolean outside = i < from || i >= to;
      boolean lineEnd = text.at(i + 1) == '\n' || text.at(i + 1) == '\r';
      if (outside && text.at(i) == '=' && (lineEnd || code(text, i + 1) >= 0)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isCode(CharView text, int from, String code) {
    return text.at(from) == code.charAt(0) && text.at(from + 1) == code.charAt(1);
  }

  /** The value of two hexadecimal digits in upper case; -1 if there are none. */
  private static int code(CharView text, int from) {
    int high = digit(text.at(from));
    int low = digit(text.at(from + 1));
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }

  private static int digit(int character) {
    return character >= '0' && character <= '9'
        ? character - '0'
        : character >= 'A' && character <= 'F' ? character - 'A' + 10 : -1;
  }
}
