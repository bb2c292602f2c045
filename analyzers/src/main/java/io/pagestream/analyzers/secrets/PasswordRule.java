package io.pagestream.analyzers.secrets;

import io.pagestream.analyzers.chars.CharView;
import io.pagestream.analyzers.chars.Chars;
import io.pagestream.analyzers.chars.Report;
import io.pagestream.analyzers.chars.TextRule;
import io.pagestream.schemas.avro.Confidence;
import java.util.Map;

/**
 * Passwords in assignments: {@code password=…}, {@code "passwd": "…"}. Only the form shows them, so
 * the value must have 8 to 64 characters of at least three kinds (small and capital letters,
 * digits, others) with a digit, the first of them a letter or digit, and must not look like code.
 * The confidence is low.
 */
final class PasswordRule implements TextRule {
  private static final int MIN_CHARS = 8;
  private static final int MAX_CHARS = 64;
  private static final int MIN_KINDS = 3;

  /** The bit for digits among the kinds of characters. */
  private static final int DIGIT = 4;

  private static final int MAX_SEPARATORS = 4;

  @Override
  public boolean examine(CharView text, Report report) {
    int end = text.at(-1) == '"' || text.at(-1) == '\'' ? -1 : 0;
    int from = text.skipBack(end, end - 32, Chars.WORD);
    int value = 1;
    while (value < MAX_SEPARATORS && " \"'".indexOf(Math.max(1, text.at(value))) >= 0) {
      value++;
    }
    int quote = text.at(value - 1);
    boolean quoted = quote == '"' || quote == '\'';
    int to = value;
    int kinds = 0;
    while (to <= value + MAX_CHARS && isPassword(text.at(to), quoted ? quote : 0)) {
      int c = text.at(to);
      kinds |=
          Chars.is(c, Chars.LOWER)
              ? 1
              : Chars.is(c, Chars.UPPER) ? 2 : Chars.is(c, Chars.DIGIT) ? 4 : 8;
      if ("(){}<>$[]%;\\".indexOf(c) >= 0) {
        return false;
      }
      to++;
    }
    while (!quoted && to > value && ",.)".indexOf(text.at(to - 1)) >= 0) {
      to--;
    }
    int length = to - value;
    if (length < MIN_CHARS
        || length > MAX_CHARS
        || Integer.bitCount(kinds) < MIN_KINDS
        || (kinds & DIGIT) == 0
        || (quoted && text.at(to) != quote)
        || !text.is(value, Chars.ALNUM)) {
      return false;
    }
    report.found(
        SecretsAnalyzer.CREDENTIAL,
        text,
        from,
        to,
        text.text(from, to),
        Map.of("scheme", "assignment", "password", text.text(value, to)),
        Confidence.LOW);
    return true;
  }

  private static boolean isPassword(int character, int quote) {
    return character > ' '
        && character < 0x7F
        && (quote == 0
            ? character != '"' && character != '\'' && character != ';'
            : character != quote);
  }

  @Override
  public boolean mayEndAtPageEdge() {
    return false;
  }
}
