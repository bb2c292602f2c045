package io.pagestream.analyzers.text;

/**
 * URLs with an authority (RFC 3986, section 3.2), and the domains in them. A host need not have a
 * known top-level domain: what is written behind {@code http://} is meant as a host.
 */
final class UrlRule implements TextRule {
  /** Longest URL; a longer one is reported up to here. Twice this fits the look-ahead. */
  static final int MAX_CHARS = 1024;

  /** Longest {@code user:password} before the host. */
  static final int MAX_USER_INFO_CHARS = 64;

  private static final String[] ENTITIES = {"&quot;", "&lt;", "&gt;", "&apos;", "&#39;", "&#34;"};

  @Override
  public boolean examine(CharView text, Report report) {
    Schemes scheme = Schemes.before(text, -3);
    if (scheme == null) {
      return false;
    }
    int from = -3 - scheme.word().length();
    int max = from + MAX_CHARS;
    if (text.at(0) == '/') {
      if (scheme == Schemes.FILE && text.is(1, Chars.ALNUM)) {
        report.found(TextKind.URL, text, from, tailEnd(text, from, 0, max));
        return true;
      }
      return false;
    }
    int host = hostStart(text);
    int hostEnd = Host.end(text, host);
    if (hostEnd < 0) {
      return false;
    }
    int end = hostEnd;
    if (text.at(end) == ':') {
      int portEnd = Ipv4Text.portEnd(text, end + 1);
      end = portEnd > 0 ? portEnd : end;
    }
    boolean hasTail = text.at(end) == '/' || text.at(end) == '?' || text.at(end) == '#';
    if (!Host.isCredible(text, host, hostEnd, end > hostEnd || hasTail)) {
      return false;
    }
    report.found(TextKind.URL, text, from, hasTail ? tailEnd(text, from, end, max) : end);
    if (Host.isDomain(text, host, hostEnd)) {
      report.found(TextKind.DOMAIN, text, host, hostEnd);
    }
    return true;
  }

  private static int hostStart(CharView text) {
    int end = text.skip(0, MAX_USER_INFO_CHARS, Chars.USER_INFO);
    return text.at(end) == '@' ? end + 1 : 0;
  }

  /** Where path, query and fragment end. */
  private static int tailEnd(CharView text, int from, int tail, int max) {
    boolean quoted = text.at(from - 1) == '\'';
    int parentheses = 0;
    int brackets = 0;
    int end = tail;
    scan:
    for (; end < max && text.is(end, Chars.URL); end++) {
      switch (text.at(end)) {
        case '(' -> parentheses++;
        case '[' -> brackets++;
        case ')' -> {
          if (--parentheses < 0) {
            break scan;
          }
        }
        case ']' -> {
          if (--brackets < 0) {
            break scan;
          }
        }
        case '\'' -> {
          if (quoted) {
            break scan;
          }
        }
        case '&' -> {
          if (isEntity(text, end)) {
            break scan;
          }
        }
        case ':' -> {
          int next = nextUrl(text, end);
          if (next > tail && next < end) {
            end = next;
            break scan;
          }
        }
        default -> {
          // Part of the URL.
        }
      }
    }
    while (end > tail && isPunctuation(text.at(end - 1))) {
      end--;
    }
    return end;
  }

  /**
   * Where the URL begins whose scheme ends before {@code colon}, if it follows without a delimiter:
   * strings lie next to each other in memory. A URL in another's path or query has one before it.
   */
  private static int nextUrl(CharView text, int colon) {
    if (text.at(colon + 1) != '/' || text.at(colon + 2) != '/') {
      return -1;
    }
    Schemes scheme = Schemes.before(text, colon);
    if (scheme != Schemes.HTTP && scheme != Schemes.HTTPS) {
      return -1;
    }
    int next = colon - scheme.word().length();
    return text.is(next - 1, Chars.ALNUM) ? next : -1;
  }

  private static boolean isEntity(CharView text, int index) {
    for (String entity : ENTITIES) {
      if (text.startsWith(index, entity)) {
        return true;
      }
    }
    return false;
  }

  /** What a sentence puts after a URL. */
  private static boolean isPunctuation(int character) {
    return switch (character) {
      case '.', ',', ';', ':', '!', '?', '\'', '(', '[' -> true;
      default -> false;
    };
  }
}
