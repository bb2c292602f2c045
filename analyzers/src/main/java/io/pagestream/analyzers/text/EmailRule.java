package io.pagestream.analyzers.text;

import io.pagestream.analyzers.chars.CharView;
import io.pagestream.analyzers.chars.Chars;
import io.pagestream.analyzers.chars.Report;
import io.pagestream.analyzers.chars.TextRule;
import io.pagestream.analyzers.hosts.HostName;
import io.pagestream.analyzers.hosts.InternationalHost;
import io.pagestream.analyzers.hosts.TopLevelDomains;

/**
 * E-mail addresses, and their domains. RFC 5321 allows more than is in use; this rule accepts the
 * usual form:
 *
 * <ul>
 *   <li>local part: 1 to 64 of letters, digits and {@code . _ - + %}, apostrophes between letters,
 *       no two dots in a row; begins with a letter, digit or underscore, ends with one of these
 *   <li>domain: a host name of at least two labels under a known top-level domain
 *   <li>neither a second {@code @}, nor the user of a URL ({@code ftp://user@host}), nor the name
 *       of a cookie's file
 * </ul>
 *
 * Surrounding text is removed: escapes of URLs, JSON and quoted-printable, the length and the next
 * element of DER. An address does not begin after a letter beyond ASCII: that letter is part of it
 * ({@link InternationalMailbox}), or there is none.
 */
final class EmailRule implements TextRule {
  private static final int MAX_LOCAL_CHARS = 64;

  /** The length that precedes an address in DER: of a general name, or of a string. */
  private static final int GENERAL_NAME = 0x81;

  private static final int IA5_STRING = 0x16;

  /** Shorter ones also occur in random bytes, so their surroundings must look like text. */
  private static final int SHORT_CHARS = 12;

  private static final int MAX_TAG_CHARS = 3;

  /** End of the local part. */
  private final int at;

  /** The form of the {@code @} in {@code atChars} characters. */
  EmailRule(int atChars) {
    at = -atChars;
  }

  @Override
  public boolean examine(CharView text, Report report) {
    int to = domainEnd(text);
    int from = to > 0 ? localStart(text, to) : at;
    if (from >= at || to <= 0 || !isPlausible(text, from, to)) {
      return false;
    }
    if (text.at(at) == '=' && !QuotedPrintable.surrounds(text, from, to)) {
      return false;
    }
    if (isUserOfUrl(text, from)) {
      return true;
    }
    if (!EmailContext.isCookie(text, from, to)) {
      if (at == -1) {
        report.found(TextKind.EMAIL, text, from, to);
      } else {
        String value = text.text(from, at) + '@' + text.text(0, to);
        report.found(TextKind.EMAIL, text, from, to, value);
      }
    }
    report.found(TextKind.DOMAIN, text, 0, to);
    return true;
  }

  /** Start of the local part; {@code at} if there is no valid one. */
  private int localStart(CharView text, int to) {
    int min = at - MAX_LOCAL_CHARS - 1;
    int run = text.skipBack(at, min, Chars.LOCAL);
    if (run == min) {
      return at;
    }
    int from = run;
    for (int i = run; i < at; i++) {
      int c = text.at(i);
      if (c == '.' && text.at(i + 1) == '.' && i >= from && from > run) {
        return at;
      }
      if (c == '\'' && !(text.is(i - 1, Chars.LETTER) && text.is(i + 1, Chars.LETTER))) {
        from = i + 1;
      } else if (c == '%' && text.is(i + 1, Chars.HEX) && text.is(i + 2, Chars.HEX)) {
        // An escaped delimiter of a URL.
        from = i + 3;
      }
    }
    from = QuotedPrintable.start(text, escapedStart(text, from), at);
    if (isLengthOfDer(text, from, to)) {
      from++;
    }
    while (from < at && !text.is(from, Chars.WORD)) {
      from++;
    }
    if (from >= at ? text.letterLengthBefore(at) > 0 : EmailContext.isInsideWord(text, from)) {
      return at == -1 ? InternationalMailbox.start(text, from, at) : at;
    }
    return from >= at || hasTwoDots(text, from) || text.at(from - 1) == '@' ? at : from;
  }

  /**
   * JSON escapes delimiters as {@code \}{@code u003c} or {@code \n}: the address begins after it.
   */
  private int escapedStart(CharView text, int from) {
    if (text.at(from - 1) == '\\' && isLineEscape(text.at(from)) && text.is(from + 1, Chars.WORD)) {
      return from + 1;
    }
    boolean escape =
        text.at(from - 1) == '\\'
            && text.startsWith(from, "u00")
            && text.is(from + 3, Chars.HEX)
            && text.is(from + 4, Chars.HEX)
            && from + 5 < at;
    return escape ? from + 5 : from;
  }

  /** Line ends and tabs in the escapes of JSON and of programs. */
  private static boolean isLineEscape(int character) {
    return character == 'n' || character == 'r' || character == 't';
  }

  private boolean hasTwoDots(CharView text, int from) {
    for (int i = from; i < at; i++) {
      if (text.at(i) == '.' && text.at(i + 1) == '.') {
        return true;
      }
    }
    return false;
  }

  private boolean isLengthOfDer(CharView text, int from, int to) {
    int tag = text.at(from - 1);
    return (tag == GENERAL_NAME || tag == IA5_STRING)
        && text.at(from) == to - from - 1
        && from + 1 < at;
  }

  private static boolean isUserOfUrl(CharView text, int from) {
    int min = from - UrlRule.MAX_USER_INFO_CHARS;
    int start = from;
    // A password or user name may contain another @ before the last one.
    while (start > min && isUserInfo(text.at(start - 1))) {
      start--;
    }
    return text.endsWith(start, "://")
        || text.endsWith(start, ":\\/\\/")
        || hasEscapedSlashes(text, start, from);
  }

  /** Whether {@code ://} in the escapes of URLs is part of the text. */
  private static boolean hasEscapedSlashes(CharView text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.at(i) == '%' && text.startsWith(i, "%3a%2f%2f")) {
        return true;
      }
    }
    return false;
  }

  /** Passwords contain more characters than RFC 3986 allows. */
  private static boolean isUserInfo(int character) {
    return switch (character) {
      case '/', '"', '<', '>', '\\', '`' -> false;
      default -> character > ' ' && character <= '~';
    };
  }

  /** End of the domain; 0 if it is not valid. */
  private static int domainEnd(CharView text) {
    int max = HostName.MAX_CHARS + 1;
    int end = text.skip(0, max, Chars.HOST);
    if (end == max || text.at(end) == '@') {
      return 0;
    }
    if (text.letterLength(end) > 0) {
      int international = InternationalHost.end(text, 0);
      if (international > 0 || end == 0 || !InternationalHost.isIdeograph(text, end)) {
        return Math.max(0, international);
      }
    }
    while (end > 0 && !text.is(end - 1, Chars.ALNUM)) {
      if (text.is(end - 1, Chars.UNDERSCORE)) {
        return 0;
      }
      end--;
    }
    end = HostName.withoutNextElement(text, 0, end);
    int last = HostName.lastLabel(text, 0, end);
    if (last == 0
        || !HostName.isValid(text, 0, end, Chars.LABEL | Chars.UNDERSCORE)
        || !TopLevelDomains.contains(text, last, end)
        || !(isWord(text, last, end) || isDelimited(text, last, end))
        || (text.skip(0, end, Chars.LABEL | Chars.DOT) < end
            && !EmailContext.isCommon(text, last, end))
        || isSystemdTarget(text, last, end)) {
      return 0;
    }
    return end;
  }

  /** Whether a top-level domain of mixed case is not part of random letters. */
  private static boolean isDelimited(CharView text, int last, int end) {
    int after = text.at(end);
    return end - last >= 3
        && end >= SHORT_CHARS - 2
        && (after == 0 || after == CharView.NONE || EmailContext.isDelimiter(after));
  }

  /** {@code blockdev@dev-sda.target} is a unit of systemd; ".target" is also a company's domain. */
  private static boolean isSystemdTarget(CharView text, int last, int end) {
    return text.startsWith(last, "target") && end - last == "target".length();
  }

  private boolean isPlausible(CharView text, int from, int to) {
    // Serialized strings begin with their length, which may be 64: "Z@github.com/a/b".
    if (text.at(to) == '/'
        && at - from <= MAX_TAG_CHARS
        && !EmailContext.isLabelled(text, from, at - from)) {
      return false;
    }
    if (to - from >= SHORT_CHARS) {
      return true;
    }
    if (!isOneCase(text, 0, to) || !isTextual(text, from - 1) || !isTextual(text, to)) {
      return false;
    }
    return isOneCase(text, from, at)
        || (isWord(text, from, at)
            && EmailContext.isDelimiter(text.at(from - 1))
            && (text.at(to) == 0 || EmailContext.isDelimiter(text.at(to))));
  }

  /** Whether all letters have the same case, or only the first one is upper case. */
  private static boolean isWord(CharView text, int from, int to) {
    return isOneCase(text, from, to)
        || (text.is(from, Chars.UPPER) && text.skip(from + 1, to, Chars.LOWER) == to);
  }

  private static boolean isTextual(CharView text, int index) {
    return text.at(index) == CharView.NONE || text.is(index, Chars.TEXTUAL);
  }

  private static boolean isOneCase(CharView text, int from, int to) {
    boolean upper = false;
    boolean lower = false;
    for (int i = from; i < to; i++) {
      upper |= text.is(i, Chars.UPPER);
      lower |= text.is(i, Chars.LOWER);
    }
    return !(upper && lower);
  }
}
