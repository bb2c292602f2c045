package io.pagestream.analyzers.text;

import io.pagestream.analyzers.chars.CharView;
import io.pagestream.analyzers.chars.Chars;
import io.pagestream.analyzers.chars.Report;
import io.pagestream.analyzers.chars.TextRule;
import io.pagestream.analyzers.hosts.Ipv4Text;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Track 2 of a payment card as ISO/IEC 7813 defines it: the number, a separator ({@code =}; {@code
 * D} in EMV tag 57), year and month of expiry, service code, discretionary data, at most 37 digits
 * in all. Checked: issuer, length and check digit of the number, month, and the digits that a
 * service code may have.
 */
final class Track2Rule implements TextRule {
  /** The separator, seen from the expiry's last digit. */
  private static final int SEPARATOR = -4;

  private static final int MAX_CHARS = 37;
  private static final int SERVICE_DIGITS = 3;

  @Override
  public boolean examine(CharView text, Report report) {
    int expiry = SEPARATOR + 1;
    int service = expiry + 4;
    if (!CardNumber.isMonth(text, expiry + 2) || !isServiceCode(text, service)) {
      return false;
    }
    int min = SEPARATOR - CardNumber.MAX_DIGITS;
    int row = text.skipBack(SEPARATOR, min - 5, Chars.DIGIT);
    int from = Math.max(row, min);
    // Tag and length of EMV may precede the number: "5713".
    boolean tagged = text.lower(SEPARATOR) == 'd';
    for (; from <= SEPARATOR - CardNumber.MIN_DIGITS; from++) {
      String issuer = CardNumber.issuer(text, from, SEPARATOR);
      if (issuer != null
          && (from == row ? isOpenLeft(text, from) : tagged && isTagged(text, from))) {
        int to = text.skip(service, from + MAX_CHARS, Chars.DIGIT);
        return !text.is(to, Chars.DIGIT) && report(text, from, to, issuer, report);
      }
    }
    return false;
  }

  private static boolean report(
      CharView text, int from, int to, @Nullable String issuer, Report report) {
    int expiry = SEPARATOR + 1;
    report.found(
        TextKind.TRACK2,
        text,
        from,
        to,
        Map.of(
            "issuer",
            String.valueOf(issuer),
            "expiry",
            text.text(expiry, expiry + 4),
            "service-code",
            text.text(expiry + 4, expiry + 4 + SERVICE_DIGITS)));
    return true;
  }

  /** ISO/IEC 7813, table 5: interchange, authorization, services. */
  private static boolean isServiceCode(CharView text, int from) {
    return switch (text.at(from)) {
          case '1', '2', '5', '6', '7', '9' -> true;
          default -> false;
        }
        && switch (text.at(from + 1)) {
          case '0', '2', '4' -> true;
          default -> false;
        }
        && text.at(from + 2) >= '0'
        && text.at(from + 2) <= '7';
  }

  private static boolean isOpenLeft(CharView text, int from) {
    int left = text.at(from - 1);
    return !Chars.is(left, Chars.WORD | Chars.DOT | Chars.HYPHEN);
  }

  /** EMV tag 57 and a length of at most 19 bytes, in hexadecimal. */
  private static boolean isTagged(CharView text, int from) {
    return text.at(from - 4) == '5'
        && text.at(from - 3) == '7'
        && Ipv4Text.number(text, from - 2, from) <= 19;
  }
}
