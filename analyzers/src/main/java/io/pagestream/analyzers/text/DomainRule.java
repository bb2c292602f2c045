package io.pagestream.analyzers.text;

import io.pagestream.analyzers.chars.CharView;
import io.pagestream.analyzers.chars.Chars;
import io.pagestream.analyzers.chars.Report;
import io.pagestream.analyzers.chars.TextRule;
import io.pagestream.analyzers.hosts.HostName;
import java.util.List;

/**
 * Stand-alone domains. Dots also occur in file names, packages and object members, so the rule is
 * strict: lower case, a common top-level domain, nothing before or after that makes it part of a
 * path, a package, a call or a longer name. The domains of URLs and e-mail addresses are found by
 * the rules for these.
 */
final class DomainRule implements TextRule {
  static final int MAX_CHARS = 100;

  /** Tag of a certificate's DNS name: RFC 5280, section 4.2.1.6. */
  private static final int DNS_NAME = 0x82;

  /** Prefixes of reversed names: Java packages, D-Bus names. */
  private static final List<String> REVERSED =
      List.of(
          "com.", "org.", "net.", "edu.", "gov.", "io.", "java.", "javax.", "jdk.", "sun.", "de.",
          "uk.");

  @Override
  public boolean examine(CharView text, Report report) {
    int to = 1;
    int name = derStart(text, to);
    if (name < to && isName(text, name, to)) {
      report.found(TextKind.DOMAIN, text, name, to);
      return true;
    }
    if (!isOpenRight(text, to)) {
      return false;
    }
    int from = text.skipBack(0, -MAX_CHARS, Chars.DIGIT | Chars.LOWER | Chars.HYPHEN | Chars.DOT);
    if (text.at(from) == '.') {
      // ".example.com" of a cookie, "*.example.com" of a certificate.
      from++;
    }
    if (!isOpenLeft(text, from) || !isName(text, from, to)) {
      return false;
    }
    report.found(TextKind.DOMAIN, text, from, to);
    return true;
  }

  /**
   * Start of a name that ends at {@code to} and is preceded by its length, as the DNS names of
   * certificates: a general name of DER. {@code to} if there is none.
   */
  private static int derStart(CharView text, int to) {
    if (text.wide()) {
      return to;
    }
    int from =
        text.skipBack(to, to - MAX_CHARS, Chars.DIGIT | Chars.LOWER | Chars.HYPHEN | Chars.DOT);
    // The length may look like the name's first character, and "*." may precede it.
    for (int start = from; start <= from + 1; start++) {
      int wildcard = text.at(start - 1) == '*' ? 1 : 0;
      int field = start - wildcard;
      if (text.at(field - 1) == to - field && text.at(field - 2) == DNS_NAME) {
        return text.at(start) == '.' ? start + 1 : start;
      }
    }
    return to;
  }

  @Override
  public boolean mayEndAtPageEdge() {
    return false;
  }

  private static boolean isOpenLeft(CharView text, int from) {
    return switch (text.at(from - 1)) {
      case '@', '/', '\\', '$', '%', '#', '~', '+', '-', '&', '?' -> false;
      case '.' ->
          switch (text.at(from - 2)) {
            case '*', '=', ' ', '"', '\'', CharView.NONE, 0 -> true;
            default -> false;
          };
      default -> text.at(from - 1) < 0x80 && !text.is(from - 1, Chars.WORD);
    };
  }

  private static boolean isOpenRight(CharView text, int to) {
    return switch (text.at(to)) {
      case '.' -> !text.is(to + 1, Chars.WORD) && text.at(to + 1) != '.';
      case '-', '(', '=', '\\', '@', '[', '$', '%', '*' -> false;
      default -> text.at(to) < 0x80 && !text.is(to, Chars.WORD);
    };
  }

  private static boolean isName(CharView text, int from, int to) {
    int last = HostName.lastLabel(text, from, to);
    if (last == from || !HostName.isValid(text, from, to, Chars.LABEL)) {
      return false;
    }
    for (String reversed : REVERSED) {
      if (text.startsWith(from, reversed)) {
        return false;
      }
    }
    int second = HostName.lastLabel(text, from, last - 1);
    return last - 1 - second >= 2 && text.skip(second, last - 1, Chars.DIGIT) < last - 1;
  }
}
