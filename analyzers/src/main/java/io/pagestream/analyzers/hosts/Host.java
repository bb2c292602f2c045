package io.pagestream.analyzers.hosts;

import io.pagestream.analyzers.chars.CharView;
import io.pagestream.analyzers.chars.Chars;

/** The host of a URL: RFC 3986, section 3.2.2. */
public final class Host {
  private static final int MAX_LITERAL_CHARS = 46;
  private static final int MAX_ZONE_CHARS = 15;

  private Host() {}

  /** Index after the host that begins at {@code from}, or -1 if there is no valid one. */
  public static int end(CharView text, int from) {
    if (text.at(from) == '[') {
      int end = zoneEnd(text, Ipv6Text.end(text, from + 1));
      return end > 0 && end - from <= MAX_LITERAL_CHARS + 3 + MAX_ZONE_CHARS && text.at(end) == ']'
          ? end + 1
          : -1;
    }
    int max = from + HostName.MAX_CHARS + 1;
    int end = text.skip(from, max, Chars.HOST);
    if (end == max) {
      return -1;
    }
    if (text.startsWith(end, "://")) {
      // The next URL follows without a break: its scheme is not part of the host.
      Schemes next = Schemes.before(text, end);
      end = next == null ? end : end - next.word().length();
    }
    if (text.letterLength(end) > 0 || (end == from && text.unit(end) >= 0x80)) {
      int international = InternationalHost.end(text, from);
      if (international > 0 || end == from || !InternationalHost.isIdeograph(text, end)) {
        return international;
      }
    }
    while (end > from && !text.is(end - 1, Chars.ALNUM)) {
      end--;
    }
    end = HostName.withoutNextElement(text, from, end);
    if (isNumeric(text, from, end)) {
      return Ipv4Text.end(text, from) == end ? end : -1;
    }
    return HostName.isValid(text, from, end, Chars.LABEL | Chars.UNDERSCORE) ? end : -1;
  }

  /** RFC 6874: "%25" and the zone of a link-local address; the "25" is often omitted. */
  private static int zoneEnd(CharView text, int addressEnd) {
    if (addressEnd < 0 || text.at(addressEnd) != '%') {
      return addressEnd;
    }
    int zone = addressEnd + (text.startsWith(addressEnd + 1, "25") ? 3 : 1);
    int end = text.skip(zone, zone + MAX_ZONE_CHARS, Chars.HOST);
    return end > zone ? end : -1;
  }

  /**
   * Whether a valid host is plausible.
   *
   * @param goesOn whether a port or a path follows
   */
  public static boolean isCredible(CharView text, int from, int to, boolean goesOn) {
    if (text.at(from) == '[' || isNumeric(text, from, to)) {
      return true;
    }
    if (!text.isAscii(from, to)) {
      return true;
    }
    int last = HostName.lastLabel(text, from, to);
    if (last > from) {
      return to - last >= 2 && text.is(last, Chars.LETTER);
    }
    boolean localhost = to - from == 9 && text.startsWith(from, "localhost");
    return localhost || (goesOn && to - from >= 2);
  }

  /**
   * Whether a plausible host is a name with a dot whose end is a top-level domain, or could be that
   * of an internal network: letters of the same case. The data after a URL in memory often looks
   * like the end of its host ({@code www.example.comP}, {@code wiki.example0}).
   */
  public static boolean isDomain(CharView text, int from, int to) {
    if (text.at(from) == '[' || isNumeric(text, from, to)) {
      return false;
    }
    if (!text.isAscii(from, to)) {
      return true;
    }
    int last = HostName.lastLabel(text, from, to);
    return last > from
        && (TopLevelDomains.contains(text, last, to)
            || text.skip(last, to, Chars.LOWER) == to
            || text.skip(last, to, Chars.UPPER) == to);
  }

  private static boolean isNumeric(CharView text, int from, int to) {
    return text.skip(from, to, Chars.DIGIT | Chars.DOT) == to;
  }
}
