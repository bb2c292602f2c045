package io.pagestream.analyzers.text;

import io.pagestream.analyzers.chars.CharView;
import io.pagestream.analyzers.chars.Chars;
import io.pagestream.analyzers.chars.Report;
import io.pagestream.analyzers.chars.TextRule;
import io.pagestream.analyzers.hosts.Ipv6Text;

/**
 * IPv6 addresses in the text forms of RFC 4291, section 2.2, with an assigned first group: 2000::/3
 * global, fc00::/7 local, fe80::/10 link, ff00::/8 multicast. This excludes the forms that begin
 * with a colon ({@code ::1}), which also occur in C++ code and times, and MAC addresses, whose
 * groups have two digits.
 */
final class Ipv6Rule implements TextRule {
  @Override
  public boolean examine(CharView text, Report report) {
    // Back over the second group's colon, the group, the first group's colon, the first group.
    int second = text.skipBack(-1, -5, Chars.HEX);
    int from = second - 1 - 4;
    int to = Ipv6Text.end(text, from);
    if (to < 0 || !isOpenLeft(text, from) || !isOpenRight(text, to) || !isAssigned(text, from)) {
      return false;
    }
    report.found(TextKind.IPV6, text, from, to);
    return true;
  }

  private static boolean isOpenLeft(CharView text, int from) {
    int left = text.at(from - 1);
    return !Chars.is(left, Chars.WORD)
        && left != '.'
        && !(left == ':' && (text.is(from - 2, Chars.HEX) || text.at(from - 2) == ':'));
  }

  private static boolean isOpenRight(CharView text, int to) {
    return switch (text.at(to)) {
      case ':', '.', '-' -> !text.is(to + 1, Chars.WORD) && text.at(to + 1) != ':';
      default -> !text.is(to, Chars.WORD);
    };
  }

  private static boolean isAssigned(CharView text, int from) {
    int second = text.lower(from + 1);
    return switch (text.lower(from)) {
      case '2', '3' -> true;
      case 'f' ->
          switch (second) {
            case 'c', 'd' -> true;
            case 'e' -> {
              int third = text.lower(from + 2);
              yield third == '8' || third == '9' || third == 'a' || third == 'b';
            }
            // RFC 4291, section 2.7: flags 0RPT, then the scope.
            case 'f' -> isMulticastScope(text.lower(from + 3)) && text.at(from + 2) <= '7';
            default -> false;
          };
      default -> false;
    };
  }

  /** Interface, link, realm, admin, site, organisation, global. */
  private static boolean isMulticastScope(int digit) {
    return (digit >= '1' && digit <= '5') || digit == '8' || digit == 'e';
  }
}
