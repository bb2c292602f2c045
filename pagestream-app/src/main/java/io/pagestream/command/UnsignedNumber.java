package io.pagestream.command;

import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.util.Locale;

/** Numbers of 64 bits as drivers pass them: hex with 0x, decimal, or with K, M, G, T. */
final class UnsignedNumber {
  private UnsignedNumber() {}

  /**
   * Parses a number.
   *
   * @param what what it is, for the error
   * @return its 64 bits
   * @throws PagestreamException {@link ErrorCode#USAGE} if it is none, or needs more than 64 bits
   */
  static long parse(String what, String text) {
    String digits = text.strip().toLowerCase(Locale.ROOT).replace("_", "");
    try {
      if (digits.startsWith("0x")) {
        return Long.parseUnsignedLong(digits.substring(2), 16);
      }
      int unit = digits.isEmpty() ? -1 : "kmgt".indexOf(digits.charAt(digits.length() - 1));
      if (unit < 0) {
        return Long.parseUnsignedLong(digits);
      }
      long number = Long.parseUnsignedLong(digits.substring(0, digits.length() - 1));
      int shift = 10 * (unit + 1);
      if (number << shift >>> shift == number) {
        return number << shift;
      }
    } catch (NumberFormatException e) {
      throw wrong(what, text).causedBy(e);
    }
    throw wrong(what, text);
  }

  private static PagestreamException wrong(String what, String text) {
    return PagestreamException.of(
        ErrorCode.USAGE,
        "the %s '%s' is not a number of 64 bits".formatted(what, text),
        "give it in hex with 0x, in decimal, or with K, M, G or T");
  }
}
