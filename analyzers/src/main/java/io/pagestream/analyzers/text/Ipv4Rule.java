package io.pagestream.analyzers.text;

import io.pagestream.analyzers.chars.CharView;
import io.pagestream.analyzers.chars.Chars;
import io.pagestream.analyzers.chars.Report;
import io.pagestream.analyzers.chars.TextRule;
import io.pagestream.analyzers.hosts.Ipv4Text;
import java.util.Map;

/**
 * IPv4 addresses as dotted quads. Four small numbers between dots are more often a version or an
 * object identifier, so the decision depends on their surroundings. Not reported: 0.0.0.0/8 (no
 * host), 240.0.0.0/4 (reserved; broadcast and net masks). A candidate that {@link VersionContext}
 * classifies as a version is reported only with a port, a prefix length, a slash before it, or if
 * {@link AddressContext} confirms it.
 */
final class Ipv4Rule implements TextRule {
  private static final int RESERVED_FROM = 240;

  @Override
  public boolean examine(CharView text, Report report) {
    int third = Ipv4Text.octetStart(text, -1);
    int second = Ipv4Text.octetStart(text, third - 1);
    int from = Ipv4Text.octetStart(text, second - 1);
    int to = Ipv4Text.end(text, from);
    if (to < 0 || !isAssignable(text, from, to)) {
      return false;
    }
    int portEnd = text.at(to) == ':' ? Ipv4Text.portEnd(text, to + 1) : -1;
    boolean marked = portEnd > 0 || text.at(to) == '/' || text.at(from - 1) == '/';
    if (!isOpenLeft(text, from, portEnd > 0)
        || !isOpenRight(text, to)
        || VersionContext.isBefore(text, from)
        || (!marked
            && VersionContext.isLikely(text, from, to)
            && !AddressContext.says(text, from, to))) {
      return false;
    }
    Map<String, String> attributes =
        portEnd > 0 ? Map.of("port", text.text(to + 1, portEnd)) : Map.of();
    report.found(TextKind.IPV4, text, from, to, attributes);
    return true;
  }

  @Override
  public boolean mayEndAtPageEdge() {
    return false;
  }

  private static boolean isAssignable(CharView text, int from, int to) {
    int first = Ipv4Text.number(text, from, text.skip(from, to, Chars.DIGIT));
    if (first == 0 || first >= RESERVED_FROM) {
      return false;
    }
    // The address of a network is reported with its prefix length; otherwise 2.0.0.0 is a version.
    boolean round = text.startsWith(from + 1, ".0.0.") && text.at(to - 1) == '0' && to - from == 7;
    // Arcs of X.500 and of the Internet that occur in certificates.
    boolean identifier =
        text.startsWith(from, "2.5.4.")
            || text.startsWith(from, "2.5.29.")
            || text.startsWith(from, "1.3.6.1")
            || text.startsWith(from, "1.3.14.3");
    return !(round && text.at(to) != '/') && !identifier;
  }

  private static boolean isOpenLeft(CharView text, int from, boolean withPort) {
    int left = text.at(from - 1);
    int beforeLeft = text.at(from - 2);
    return switch (left) {
      case '.' -> false;
      // A name and its version, "lib-1.2.3.4", but not the end of a range of addresses.
      case '-', '+', '~', '^' -> !Chars.is(beforeLeft, Chars.LETTER);
      // "Product/1.2.3.4", but Java prints "host/10.0.0.1:80".
      case '/' -> withPort || !Chars.is(beforeLeft, Chars.WORD);
      case '=' -> !(beforeLeft == '=' || beforeLeft == '>' || beforeLeft == '<');
      default -> !Chars.is(left, Chars.WORD);
    };
  }

  private static boolean isOpenRight(CharView text, int to) {
    int right = text.at(to);
    int afterRight = text.at(to + 1);
    return switch (right) {
      case '.' -> !Chars.is(afterRight, Chars.WORD);
      case '-', '+', '~' -> Ipv4Text.end(text, to + 1) > 0 || !Chars.is(afterRight, Chars.WORD);
      default -> !Chars.is(right, Chars.WORD);
    };
  }
}
