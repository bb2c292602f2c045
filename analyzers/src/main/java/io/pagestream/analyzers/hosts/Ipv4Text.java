package io.pagestream.analyzers.hosts;

import io.pagestream.analyzers.chars.CharView;
import io.pagestream.analyzers.chars.Chars;

/** Four octets from 0 to 255 in decimal, without leading zeros, between dots. */
public final class Ipv4Text {
  private static final int OCTETS = 4;

  private Ipv4Text() {}

  /** Index after the address that begins at {@code from}, or -1 if there is none. */
  public static int end(CharView text, int from) {
    int i = from;
    for (int octet = 1; ; octet++) {
      int end = text.skip(i, i + 4, Chars.DIGIT);
      int digits = end - i;
      if (digits < 1 || digits > 3 || number(text, i, end) > 255) {
        return -1;
      }
      if (digits > 1 && text.at(i) == '0') {
        return -1;
      }
      if (octet == OCTETS) {
        return end;
      }
      if (text.at(end) != '.') {
        return -1;
      }
      i = end + 1;
    }
  }

  /** The value of a few digits. */
  public static int number(CharView text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      number = number * 10 + text.at(i) - '0';
    }
    return number;
  }

  /** Start of the octet that ends before {@code to}. */
  public static int octetStart(CharView text, int to) {
    return text.skipBack(to, to - 4, Chars.DIGIT);
  }

  /** Index after a port's digits (1 to 65535) at {@code from}, or -1 if there is none. */
  public static int portEnd(CharView text, int from) {
    int end = text.skip(from, from + 6, Chars.DIGIT);
    if (end == from || end - from > 5) {
      return -1;
    }
    int port = number(text, from, end);
    return port >= 1 && port <= 65535 ? end : -1;
  }
}
