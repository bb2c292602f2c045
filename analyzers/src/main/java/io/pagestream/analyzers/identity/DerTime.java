package io.pagestream.analyzers.identity;

import io.pagestream.analyzers.asn1.DerElement;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Times in certificates (RFC 5280, section 4.1.2.5): to the second, in UTC. */
final class DerTime {
  /** Years of two digits from this one on are in the 20th century. */
  private static final int FIRST_OF_CENTURY = 50;

  private static final int UTC_DIGITS = 12;
  private static final int GENERALIZED_DIGITS = 14;

  private DerTime() {}

  /** The time in ISO 8601, or null if the element is not a valid time. */
  static @Nullable String text(DerElement element) {
    boolean utc = element.tag() == DerElement.UTC_TIME;
    int digits = utc ? UTC_DIGITS : GENERALIZED_DIGITS;
    if ((!utc && element.tag() != DerElement.GENERALIZED_TIME) || element.length() != digits + 1) {
      return null;
    }
    String text = new String(element.contents(), StandardCharsets.US_ASCII);
    for (int i = 0; i < digits; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return null;
      }
    }
    if (text.charAt(digits) != 'Z') {
      return null;
    }
    int rest = utc ? 2 : 4;
    int year = Integer.parseInt(text.substring(0, rest));
    if (utc) {
      year += year < FIRST_OF_CENTURY ? 2000 : 1900;
    }
    try {
      return LocalDateTime.of(
              year,
              two(text, rest),
              two(text, rest + 2),
              two(text, rest + 4),
              two(text, rest + 6),
              two(text, rest + 8))
          .toInstant(ZoneOffset.UTC)
          .toString();
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static int two(String text, int at) {
    return Integer.parseInt(text.substring(at, at + 2));
  }
}
