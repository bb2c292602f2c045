package io.pagestream.analyzers.web;

import io.pagestream.analyzers.chars.CharView;
import io.pagestream.analyzers.chars.Chars;
import io.pagestream.analyzers.chars.Report;
import io.pagestream.analyzers.chars.TextRule;
import io.pagestream.analyzers.hosts.HostName;
import io.pagestream.analyzers.hosts.Ipv4Text;
import io.pagestream.analyzers.hosts.Ipv6Text;
import java.util.Map;

/**
 * Lines of web servers in the common or combined log format (Apache HTTP Server, module
 * mod_log_config): client, identity, user, date, request, status, size; and optionally referrer and
 * user agent.
 */
final class LogLineRule implements TextRule {
  private static final int DATE = -29;
  private static final int MAX_USER_CHARS = 48;
  private static final int MAX_CLIENT_CHARS = 64;
  private static final int MAX_REQUEST_CHARS = 1024;
  private static final int MAX_QUOTED_CHARS = 1024;

  @Override
  public boolean examine(CharView text, Report report) {
    int user = fieldStart(text, DATE - 1, MAX_USER_CHARS);
    int identity = fieldStart(text, user - 1, MAX_USER_CHARS);
    int client = fieldStart(text, identity - 1, MAX_CLIENT_CHARS);
    if (user < DATE - 1 - MAX_USER_CHARS || !isClient(text, client, identity - 1)) {
      return false;
    }
    int requestEnd = quoteEnd(text, 1, MAX_REQUEST_CHARS);
    if (requestEnd < 0) {
      return false;
    }
    int status = requestEnd + 2;
    int size = status + 4;
    int to = text.at(size) == '-' ? size + 1 : text.skip(size, size + 15, Chars.DIGIT);
    if (text.skip(status, status + 3, Chars.DIGIT) != status + 3
        || text.at(requestEnd + 1) != ' '
        || text.at(status) < '1'
        || text.at(status) > '5'
        || text.at(size - 1) != ' '
        || to == size) {
      return false;
    }
    for (int i = 0; i < 2 && text.at(to) == ' ' && text.at(to + 1) == '"'; i++) {
      int end = quoteEnd(text, to + 2, MAX_QUOTED_CHARS);
      if (end < 0) {
        break;
      }
      to = end + 1;
    }
    report.found(
        WebAnalyzer.HTTPLOG,
        text,
        client,
        to,
        Map.of(
            "client",
            text.text(client, identity - 1),
            "request",
            text.text(1, requestEnd),
            "status",
            text.text(status, status + 3)));
    return true;
  }

  /** Start of the field that ends before {@code to} and follows a blank or begins the line. */
  private static int fieldStart(CharView text, int to, int max) {
    int i = to;
    while (i >= to - max && text.at(i - 1) > ' ' && text.at(i - 1) < 0x7F) {
      i--;
    }
    return i;
  }

  private static boolean isClient(CharView text, int from, int to) {
    return to > from
        && text.at(to) == ' '
        && (Ipv4Text.end(text, from) == to
            || Ipv6Text.end(text, from) == to
            || (text.at(from) == ':'
                && text.skip(from, to, Chars.HEX | Chars.DOT) < to
                && isAddress(text, from, to))
            || HostName.isValid(text, from, to, Chars.LABEL | Chars.UNDERSCORE));
  }

  /** An IPv6 address that begins with a colon. */
  private static boolean isAddress(CharView text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!text.is(i, Chars.HEX | Chars.DOT) && text.at(i) != ':') {
        return false;
      }
    }
    return true;
  }

  /** Index of the closing quote; -1 if there is none. */
  private static int quoteEnd(CharView text, int from, int max) {
    for (int i = from; i < from + max; i++) {
      int c = text.at(i);
      if (c == '"') {
        return i;
      }
      if (c < ' ') {
        return -1;
      }
      if (c == '\\') {
        i++;
      }
    }
    return -1;
  }
}
