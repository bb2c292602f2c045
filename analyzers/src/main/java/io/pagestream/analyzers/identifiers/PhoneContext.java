package io.pagestream.analyzers.identifiers;

import io.pagestream.analyzers.chars.CharView;
import io.pagestream.analyzers.chars.Chars;
import java.util.List;

/** The words before telephone numbers. */
final class PhoneContext {
  private static final int CHARS = 20;

  /** Each begins a word, which may go on: "telephone", "phone number". */
  private static final List<String> WORDS =
      List.of(
          "tel",
          "phone",
          "fax",
          "mobile",
          "cell",
          "mobil",
          "handy",
          "call",
          "sms",
          "whatsapp",
          "contact",
          "ph:",
          "msisdn",
          "rufnummer");

  private PhoneContext() {}

  /** Whether such a word precedes {@code from} in the same line. */
  static boolean precedes(CharView text, int from) {
    for (int i = from - 1; i >= from - CHARS; i--) {
      int c = text.at(i);
      if (c == '\n' || c == 0 || c == CharView.NONE) {
        return false;
      }
      if (text.is(i - 1, Chars.LETTER) && text.is(i, Chars.LOWER)) {
        continue; // inside a word: "Intel"; a name like "homePhone" is accepted
      }
      for (String word : WORDS) {
        if (text.startsWith(i, word)) {
          return true;
        }
      }
    }
    return false;
  }
}
