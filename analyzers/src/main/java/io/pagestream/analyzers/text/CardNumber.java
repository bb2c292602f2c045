package io.pagestream.analyzers.text;

import io.pagestream.analyzers.chars.CharView;
import io.pagestream.analyzers.chars.Chars;
import io.pagestream.analyzers.chars.Report;
import io.pagestream.analyzers.hosts.Ipv4Text;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether digits, with or without separators, are the number of a payment card: ISO/IEC 7812
 * (issuer's prefix and length, check digit by Luhn), and not another kind of number.
 */
final class CardNumber {
  static final int MAX_DIGITS = 19;
  static final int MIN_DIGITS = 13;
  private static final int HEX_WORD_CHARS = 4;
  private static final int MAX_CHARS = MAX_DIGITS + 4;

  /** A random number repeats a digit more often than this once in 2,000 times. */
  private static final int MAX_SAME_DIGITS = 7;

  /** Published test numbers of payment systems that exceed this limit. */
  private static final Set<String> PUBLISHED =
      Set.of(
          "4111111111111111",
          "4012888888881881",
          "4222222222222",
          "4242424242424242",
          "4000000000000002",
          "4000056655665556",
          "5555555555554444",
          "5105105105105100",
          "5454545454545454",
          "5424000000000015",
          "6011111111111117",
          "6011000990139424",
          "6011000000000004",
          "3530111333300000",
          "2223003122003222",
          "378282246310005",
          "371449635398431",
          "340000000000009",
          "370000000000002",
          "30000000000004",
          "36000000000008",
          "38000000000006",
          "36070500001020",
          "2200000000000004",
          "5066991111111118");

  private CardNumber() {}

  /** Reports the number in {@code [from, to)} if it is valid; returns whether it is. */
  static boolean report(CharView text, int from, int to, Report report) {
    if (to - from > MAX_CHARS || isAmongHex(text, from, to)) {
      return false;
    }
    int digits = 0;
    long prefix = 0;
    int mostSame = 0;
    int[] counts = new int[10];
    for (int i = from; i < to; i++) {
      if (text.is(i, Chars.DIGIT)) {
        int digit = text.at(i) - '0';
        if (digits < CardIssuer.PREFIX_DIGITS) {
          prefix = prefix * 10 + digit;
        }
        digits++;
        mostSame = Math.max(mostSame, ++counts[digit]);
      }
    }
    if (digits < MIN_DIGITS || digits > MAX_DIGITS || !passesLuhn(text, from, to)) {
      return false;
    }
    CardIssuer issuer = CardIssuer.of((int) prefix, digits);
    if (issuer == null || (mostSame > MAX_SAME_DIGITS && !isPublished(text, from, to))) {
      return false;
    }
    report.found(TextKind.PAYMENT_CARD, text, from, to, Map.of("issuer", issuer.word()));
    return true;
  }

  /** Whether the next word on either side is hexadecimal, which indicates that this one is too. */
  private static boolean isAmongHex(CharView text, int from, int to) {
    return (!isFieldEnd(text.at(from - 1)) && isHexWord(text, from - 1 - HEX_WORD_CHARS))
        || (!isFieldEnd(text.at(to)) && isHexWord(text, to + 1));
  }

  /** Separators of fields in a row, whose neighbors are unrelated to them. */
  private static boolean isFieldEnd(int character) {
    return switch (character) {
      case ',', ';', '|', '\t', '"', '\'' -> true;
      default -> false;
    };
  }

  /** Whether two digits are the number of a month. */
  static boolean isMonth(CharView text, int from) {
    int month = Ipv4Text.number(text, from, from + 2);
    return text.skip(from, from + 2, Chars.DIGIT) == from + 2 && month >= 1 && month <= 12;
  }

  /** Whether {@code [from, to)} is a card's number: length, issuer and check digit. */
  static boolean isOne(CharView text, int from, int to) {
    return issuer(text, from, to) != null;
  }

  /** The issuer of the card's number in {@code [from, to)}; null if it is none. */
  static @Nullable String issuer(CharView text, int from, int to) {
    int digits = 0;
    int prefix = 0;
    for (int i = from; i < to; i++) {
      if (text.is(i, Chars.DIGIT)) {
        prefix = digits < CardIssuer.PREFIX_DIGITS ? prefix * 10 + text.at(i) - '0' : prefix;
        digits++;
      }
    }
    CardIssuer issuer = CardIssuer.of(prefix, digits);
    return issuer != null && passesLuhn(text, from, to) ? issuer.word() : null;
  }

  private static boolean isHexWord(CharView text, int from) {
    boolean digit = false;
    boolean letter = false;
    for (int i = from; i < from + HEX_WORD_CHARS; i++) {
      if (!text.is(i, Chars.HEX)) {
        return false;
      }
      digit |= text.is(i, Chars.DIGIT);
      letter |= text.is(i, Chars.HEX_LETTER);
    }
    return digit && letter;
  }

  /** ISO/IEC 7812-1, annex B. */
  private static boolean passesLuhn(CharView text, int from, int to) {
    int sum = 0;
    boolean twice = false;
    for (int i = to - 1; i >= from; i--) {
      if (text.is(i, Chars.DIGIT)) {
        int digit = text.at(i) - '0';
        int value = twice ? 2 * digit : digit;
        sum += value > 9 ? value - 9 : value;
        twice = !twice;
      }
    }
    return sum % 10 == 0;
  }

  private static boolean isPublished(CharView text, int from, int to) {
    return PUBLISHED.contains(text.text(from, to).replace(" ", "").replace("-", ""));
  }
}
