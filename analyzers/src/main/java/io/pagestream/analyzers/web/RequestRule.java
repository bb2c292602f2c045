package io.pagestream.analyzers.web;

import io.pagestream.analyzers.chars.CharView;
import io.pagestream.analyzers.chars.Chars;
import io.pagestream.analyzers.chars.Report;
import io.pagestream.analyzers.chars.TextRule;
import java.util.Map;

/**
 * Request lines of HTTP/1 (RFC 9112, section 3): method, target of printable characters without
 * blanks, version, end of the line or of the string. The attribute {@code host} is that of the
 * header field {@code Host}, if it follows within 1024 characters.
 */
final class RequestRule implements TextRule {
  private static final int MAX_METHOD_CHARS = 9;
  private static final int MAX_TARGET_CHARS = 1024;
  private static final int MAX_HEADER_CHARS = 1024;

  @Override
  public boolean examine(CharView text, Report report) {
    int from = text.skipBack(-1, -1 - MAX_METHOD_CHARS, Chars.UPPER);
    if (text.is(from - 1, Chars.WORD | Chars.HYPHEN | Chars.DOT)) {
      return false;
    }
    int target = 0;
    while (target < MAX_TARGET_CHARS && text.at(target) > ' ' && text.at(target) < 0x7F) {
      target++;
    }
    if (!text.startsWith(target, " http/1.")
        || !text.is(target + 1, Chars.UPPER)
        || !(text.at(target + 8) == '0' || text.at(target + 8) == '1')) {
      return false;
    }
    int to = target + 9;
    if (!Lines.isEnd(text, to)) {
      return false;
    }
    int host = host(text, to);
    int hostEnd = host > 0 ? Lines.end(text, host, host + 256) : 0;
    String method = text.text(from, -1);
    Map<String, String> attributes =
        host > 0 && hostEnd > host && Lines.isPrintable(text, host, hostEnd)
            ? Map.of("method", method, "host", text.text(host, hostEnd))
            : Map.of("method", method);
    report.found(WebAnalyzer.HTTP_REQUEST, text, from, to, attributes);
    return true;
  }

  private static int host(CharView text, int lineEnd) {
    int line = Lines.next(text, lineEnd);
    int limit = line + MAX_HEADER_CHARS;
    while (line < limit && text.is(line, Chars.LETTER)) {
      if (text.startsWith(line, "host: ")) {
        return line + 6;
      }
      int end = Lines.end(text, line, limit);
      int next = Lines.next(text, end);
      if (next == end) {
        return 0;
      }
      line = next;
    }
    return 0;
  }

  @Override
  public boolean mayEndAtPageEdge() {
    return false;
  }
}
