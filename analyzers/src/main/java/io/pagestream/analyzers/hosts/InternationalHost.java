package io.pagestream.analyzers.hosts;

import io.pagestream.analyzers.chars.CharView;
import io.pagestream.analyzers.chars.Chars;
import java.net.IDN;

/** Hosts with letters beyond ASCII in their display form: RFC 5891. */
public final class InternationalHost {
  private static final int MAX_CHARS = 200;

  private InternationalHost() {}

  /**
   * Index after the host that begins at {@code from}, or -1 if there is none: letters and digits of
   * any script between dots, whose form in ASCII is that of a host under a known top-level domain.
   */
  public static int end(CharView text, int from) {
    int end = from;
    while (end < from + MAX_CHARS) {
      int length = text.is(end, Chars.LABEL | Chars.DOT) ? 1 : text.letterLength(end);
      if (length == 0) {
        break;
      }
      end += length;
    }
    while (end > from && (text.at(end - 1) == '.' || text.at(end - 1) == '-')) {
      end--;
    }
    return end > from && hasDot(text, from, end) && isHost(text.text(from, end)) ? end : -1;
  }

  /**
   * Whether the letter at {@code index} is of a script without blanks between words, so that it may
   * follow a host directly: from U+2E80 on, in UTF-8 from U+3000 on.
   */
  public static boolean isIdeograph(CharView text, int index) {
    return text.unit(index) >= (text.wide() ? 0x2E80 : 0xE3);
  }

  private static boolean hasDot(CharView text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.at(i) == '.') {
        return true;
      }
    }
    return false;
  }

  private static boolean isHost(String name) {
    String ascii;
    try {
      ascii = IDN.toASCII(name, IDN.USE_STD3_ASCII_RULES);
    } catch (IllegalArgumentException e) {
      return false;
    }
    int dot = ascii.lastIndexOf('.');
    return dot > 0
        && ascii.length() <= HostName.MAX_CHARS
        && TopLevelDomains.contains(ascii.substring(dot + 1));
  }
}
