package io.pagestream.analyzers.text;

/**
 * E-mail addresses, and their domains. RFC 5321 allows more than people use; this is what they use:
 *
 * <ul>
 *   <li>local part: 1 to 64 of letters, digits and {@code . _ - + %}, apostrophes between letters,
 *       no two dots in a row; begins with a letter, digit or underscore, ends with one of these
 *   <li>domain: a host name of at least two labels under a known top-level domain
 *   <li>neither a second {@code @}, nor the user of a URL ({@code ftp://user@host})
 * </ul>
 */
final class EmailRule implements TextRule {
  private static final int MAX_LOCAL_CHARS = 64;
  private static final int AT = -1;

  /** Shorter ones also occur in random bytes, so their surroundings must look like text. */
  private static final int SHORT_CHARS = 12;

  private static final int MAX_TAG_CHARS = 3;

  @Override
  public boolean examine(CharView text, Report report) {
    int from = localStart(text);
    int to = domainEnd(text);
    if (from >= AT || to <= 0 || !isPlausible(text, from, to)) {
      return false;
    }
    if (isUserOfUrl(text, from)) {
      return true;
    }
    report.found(TextKind.EMAIL, text, from, to);
    report.found(TextKind.DOMAIN, text, 0, to);
    return true;
  }

  /** Where the local part begins; {@code AT} if there is none that is valid. */
  private static int localStart(CharView text) {
    int min = AT - MAX_LOCAL_CHARS - 1;
    int run = text.skipBack(AT, min, Chars.LOCAL);
    if (run == min) {
      return AT;
    }
    int from = run;
    for (int i = run; i < AT; i++) {
      int c = text.at(i);
      if (c == '.' && text.at(i + 1) == '.' && i >= from && from > run) {
        return AT;
      }
      if (c == '\'' && !(text.is(i - 1, Chars.LETTER) && text.is(i + 1, Chars.LETTER))) {
        from = i + 1;
      } else if (c == '%' && text.is(i + 1, Chars.HEX) && text.is(i + 2, Chars.HEX)) {
        // An escaped delimiter of a URL.
        from = i + 3;
      }
    }
    from = escapedStart(text, from);
    while (from < AT && !text.is(from, Chars.WORD)) {
      from++;
    }
    if (from >= AT || hasTwoDots(text, from) || text.at(from - 1) == '@') {
      return AT;
    }
    return from;
  }

  /** JSON escapes delimiters as {@code \}{@code u003c}: the address begins after it. */
  private static int escapedStart(CharView text, int from) {
    boolean escape =
        text.at(from - 1) == '\\'
            && text.startsWith(from, "u00")
            && text.is(from + 3, Chars.HEX)
            && text.is(from + 4, Chars.HEX)
            && from + 5 < AT;
    return escape ? from + 5 : from;
  }

  private static boolean hasTwoDots(CharView text, int from) {
    for (int i = from; i < AT; i++) {
      if (text.at(i) == '.' && text.at(i + 1) == '.') {
        return true;
      }
    }
    return false;
  }

  private static boolean isUserOfUrl(CharView text, int from) {
    int start = text.skipBack(from, from - UrlRule.MAX_USER_INFO_CHARS, Chars.USER_INFO);
    return text.at(start - 1) == '/' && text.at(start - 2) == '/' && text.at(start - 3) == ':';
  }

  /** Where the domain ends; 0 if it is not valid. */
  private static int domainEnd(CharView text) {
    int max = HostName.MAX_CHARS + 1;
    int end = text.skip(0, max, Chars.LABEL | Chars.DOT);
    if (end == max || text.is(end, Chars.UNDERSCORE) || text.at(end) == '@') {
      return 0;
    }
    while (end > 0 && !text.is(end - 1, Chars.ALNUM)) {
      end--;
    }
    int last = HostName.lastLabel(text, 0, end);
    if (last == 0
        || !HostName.isValid(text, 0, end, Chars.LABEL)
        || !TopLevelDomains.contains(text, last, end)
        || !isOneCase(text, last, end)
        || isSystemdTarget(text, last, end)) {
      return 0;
    }
    return end;
  }

  /** {@code blockdev@dev-sda.target} is a unit of systemd; ".target" is also a company's domain. */
  private static boolean isSystemdTarget(CharView text, int last, int end) {
    return text.startsWith(last, "target") && end - last == "target".length();
  }

  private static boolean isPlausible(CharView text, int from, int to) {
    // Serialised strings begin with their length, which may be 64: "Z@github.com/a/b".
    if (text.at(to) == '/' && AT - from <= MAX_TAG_CHARS) {
      return false;
    }
    if (to - from >= SHORT_CHARS) {
      return true;
    }
    return isOneCase(text, from, AT)
        && isOneCase(text, 0, to)
        && isTextual(text, from - 1)
        && isTextual(text, to);
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
