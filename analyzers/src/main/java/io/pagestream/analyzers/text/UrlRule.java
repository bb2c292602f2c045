package io.pagestream.analyzers.text;

import io.pagestream.analyzers.chars.CharView;
import io.pagestream.analyzers.chars.Chars;
import io.pagestream.analyzers.chars.Report;
import io.pagestream.analyzers.chars.TextRule;
import io.pagestream.analyzers.hosts.EscapedUrlRule;
import io.pagestream.analyzers.hosts.Host;
import io.pagestream.analyzers.hosts.Ipv4Text;
import io.pagestream.analyzers.hosts.Schemes;
import org.jspecify.annotations.Nullable;

/**
 * URLs with an authority (RFC 3986, section 3.2), and the domains in them. A host need not have a
 * known top-level domain, because the text after {@code http://} is a host.
 */
final class UrlRule implements TextRule {
  /** Maximum length of a URL; a longer one is truncated. Twice this length fits the look-ahead. */
  static final int MAX_CHARS = 1024;

  /** Maximum length of {@code user:password} before the host. */
  static final int MAX_USER_INFO_CHARS = 64;

  private static final int GENERAL_NAME = 0x86;
  private static final int IA5_STRING = 0x16;

  /** A shorter length is a line end or a tab. */
  private static final int MIN_DER_CHARS = 13;

  /** JSON's codes of {@code &}, {@code =}, {@code /}, {@code ?}, {@code %} and {@code +}. */
  private static final String[] DELIMITERS = {"u0026", "u003d", "u002f", "u003f", "u0025", "u002b"};

  private static final String[] ENTITIES = {"&quot;", "&lt;", "&gt;", "&apos;", "&#39;", "&#34;"};

  /** For URLs that are continued by a code of JSON; null if the text is unescaped already. */
  private final @Nullable TextRule escaped;

  private UrlRule(@Nullable TextRule escaped) {
    this.escaped = escaped;
  }

  /** URLs as they are. */
  static UrlRule plain() {
    return new UrlRule(null);
  }

  /** The same, and JSON's codes in them are replaced: {@code ?a=1}{@code \}{@code u0026b=2}. */
  static UrlRule withEscapes() {
    return new UrlRule(new EscapedUrlRule(plain()));
  }

  @Override
  public boolean examine(CharView text, Report report) {
    Schemes scheme = Schemes.before(text, -3);
    if (scheme == null) {
      return false;
    }
    int from = -3 - scheme.word().length();
    int before = text.endBefore(derEnd(text, from));
    boolean found = examine(text, scheme, from, report);
    text.endAgain(before);
    return found;
  }

  /**
   * End of a URL that is preceded by its length, as in certificates: a general name or a string of
   * DER. The following data often looks like the end of its host.
   */
  private static int derEnd(CharView text, int from) {
    int length = text.at(from - 1);
    int tag = text.at(from - 2);
    if (length >= 0x80 && tag == 0x81) {
      tag = text.at(from - 3);
    }
    boolean fits =
        (tag == GENERAL_NAME || tag == IA5_STRING) && length > MIN_DER_CHARS && !text.wide();
    for (int i = 0; fits && i < length; i++) {
      fits = text.is(from + i, Chars.URL);
    }
    return fits && isTag(text.unit(from + length)) ? from + length : from + 2 * MAX_CHARS;
  }

  /**
   * Tags of possible next elements in a certificate: a sequence, a set, a string, a general name,
   * [0].
   */
  private static boolean isTag(int next) {
    return next == 0x30 || next == 0x31 || (next & 0xF0) == 0x80 || (next & 0xF0) == 0xA0;
  }

  private boolean examine(CharView text, Schemes scheme, int from, Report report) {
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
    if (text.at(end) == '.' && (text.at(end + 1) == '/' || text.at(end + 1) == ':')) {
      end++; // a name that is complete ends with the root's dot
    }
    if (text.at(end) == ':') {
      int portEnd = Ipv4Text.portEnd(text, end + 1);
      end = portEnd > 0 ? portEnd : end;
    }
    boolean hasTail = text.at(end) == '/' || text.at(end) == '?' || text.at(end) == '#';
    if (!Host.isCredible(text, host, hostEnd, end > hostEnd || hasTail)) {
      return false;
    }
    if (hasTail) {
      end = tailEnd(text, from, end, max);
    }
    if (escaped != null && isEscapedDelimiter(text, end)) {
      return escaped.examine(text, report);
    }
    report.found(TextKind.URL, text, from, end);
    if (Host.isDomain(text, host, hostEnd)) {
      report.found(TextKind.DOMAIN, text, host, hostEnd);
    }
    return true;
  }

  /** Position after the last {@code @} of the authority: user names may be mail addresses. */
  private static int hostStart(CharView text) {
    int host = 0;
    for (int i = 0; i < MAX_USER_INFO_CHARS; i++) {
      if (text.at(i) == '@') {
        host = i + 1;
      } else if (!text.is(i, Chars.USER_INFO)) {
        break;
      }
    }
    return host;
  }

  /** End of path, query and fragment. */
  private static int tailEnd(CharView text, int from, int tail, int max) {
    // If the host is in another script, the path may be too.
    boolean international = !text.isAscii(from, tail);
    boolean quoted = text.at(from - 1) == '\'';
    int parentheses = 0;
    int brackets = 0;
    int end = tail;
    scan:
    for (; end < max; end++) {
      if (!text.is(end, Chars.URL)) {
        int letter = international ? text.letterLength(end) : 0;
        if (letter == 0) {
          break;
        }
        end += letter - 1;
        continue;
      }
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
   * Start of the URL whose scheme ends before {@code colon}, if it follows without a delimiter,
   * because strings are adjacent in memory. A URL in the path or query of another one follows a
   * delimiter.
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

  /** Whether a URL goes on with a delimiter of its parts that JSON has escaped. */
  private static boolean isEscapedDelimiter(CharView text, int index) {
    if (text.at(index) != '\\') {
      return false;
    }
    for (String code : DELIMITERS) {
      if (text.startsWith(index + 1, code)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isEntity(CharView text, int index) {
    for (String entity : ENTITIES) {
      if (text.startsWith(index, entity)) {
        return true;
      }
    }
    return false;
  }

  /** Punctuation that may follow a URL in a sentence. */
  private static boolean isPunctuation(int character) {
    return switch (character) {
      case '.', ',', ';', ':', '!', '?', '\'', '(', '[' -> true;
      default -> false;
    };
  }
}
