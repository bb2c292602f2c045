package io.pagestream.analyzers.hosts;

import io.pagestream.analyzers.chars.CharView;
import io.pagestream.analyzers.chars.Chars;

/** The text forms of IPv6 addresses: RFC 4291, section 2.2. */
public final class Ipv6Text {
  private static final int GROUPS = 8;
  private static final int MAX_GROUP_DIGITS = 4;

  private Ipv6Text() {}

  /** Index after the address that begins at {@code from}, or -1 if there is none. */
  public static int end(CharView text, int from) {
    int groups = 0;
    boolean gap = false;
    boolean allOfTwoDigits = true;
    int i = from;
    while (groups < GROUPS) {
      if (text.at(i) == ':' && text.at(i + 1) == ':') {
        if (gap) {
          return -1;
        }
        gap = true;
        i += 2;
      } else if (groups > 0) {
        if (text.at(i) != ':' || !text.is(i + 1, Chars.HEX)) {
          break;
        }
        i++;
      }
      int end = text.skip(i, i + MAX_GROUP_DIGITS + 1, Chars.HEX);
      int digits = end - i;
      if (digits == 0) {
        break;
      }
      if (digits > MAX_GROUP_DIGITS) {
        return -1;
      }
      if (text.at(end) == '.' && text.is(end + 1, Chars.DIGIT)) {
        // The last 32 bits as a dotted quad.
        int quadEnd = Ipv4Text.end(text, i);
        groups += 2;
        return quadEnd > 0 && (gap ? groups < GROUPS : groups == GROUPS) ? quadEnd : -1;
      }
      allOfTwoDigits &= digits == 2;
      groups++;
      i = end;
    }
    if (gap) {
      return groups >= 1 && groups < GROUPS ? i : -1;
    }
    // Eight pairs are a World Wide Name or the head of a fingerprint.
    return groups == GROUPS && !allOfTwoDigits ? i : -1;
  }
}
