package io.pagestream.analyzers.secrets;

import io.pagestream.analyzers.chars.CharView;
import io.pagestream.analyzers.chars.Chars;
import io.pagestream.analyzers.chars.Report;
import io.pagestream.analyzers.chars.TextRule;
import io.pagestream.analyzers.hosts.Host;
import io.pagestream.analyzers.hosts.Ipv4Text;
import io.pagestream.analyzers.hosts.Schemes;
import io.pagestream.schemas.avro.Confidence;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * URLs of databases, mail, files and web with user and password before the host (RFC 3986, section
 * 3.2.1). The last {@code @} ends the password. Templates ({@code %s}, <code>${…}</code>) are
 * omitted; the words with which documentation names a password have low confidence.
 */
final class ConnectionRule implements TextRule {
  private static final int MAX_USER_INFO_CHARS = 128;
  private static final int MAX_TAIL_CHARS = 256;
  private static final int MAX_HOSTS = 8;

  private static final Set<String> EXAMPLES =
      Set.of("pass", "password", "passwd", "pwd", "secret", "pw", "p", "changeme", "example");

  @Override
  public boolean examine(CharView text, Report report) {
    int colon = -1;
    int at = -1;
    for (int i = 0; i < MAX_USER_INFO_CHARS && isUserInfo(text.at(i)); i++) {
      if (text.at(i) == ':' && colon < 0) {
        colon = i;
      } else if (text.at(i) == '@') {
        at = i;
      }
    }
    // Some protocols have a password without a user: "redis://:secret@host".
    if (colon < 0 || at <= colon + 1) {
      return false;
    }
    Schemes scheme = Schemes.before(text, -3);
    if (scheme == null || isTemplate(text, 0, at)) {
      return false;
    }
    int hostEnd = Host.end(text, at + 1);
    if (hostEnd < 0 || (text.is(at + 1, Chars.DIGIT) && hostEnd - at < 3)) {
      return false;
    }
    int from = -3 - scheme.word().length();
    String password = text.text(colon + 1, at);
    @Nullable Confidence confidence = EXAMPLES.contains(password) ? Confidence.LOW : null;
    int to = end(text, hostEnd);
    report.found(
        SecretsAnalyzer.CREDENTIAL,
        text,
        from,
        to,
        text.text(from, to),
        Map.of(
            "scheme",
            scheme.word(),
            "user",
            text.text(0, colon),
            "password",
            password,
            "host",
            text.text(at + 1, hostEnd)),
        confidence);
    return true;
  }

  /** Passwords contain more characters than RFC 3986 allows. */
  private static boolean isUserInfo(int character) {
    return switch (character) {
      case '/', '"', '\'', '<', '>', '\\', '`' -> false;
      default -> character > ' ' && character <= '~';
    };
  }

  private static boolean isTemplate(CharView text, int from, int to) {
    boolean stars = true;
    boolean first = true;
    for (int i = from; i < to; i++) {
      int c = text.at(i);
      if (c == '{'
          || (c == '%' && !(text.is(i + 1, Chars.HEX) && text.is(i + 2, Chars.HEX)))
          || (c == '$' && (text.at(i + 1) == '{' || text.at(i + 1) == '('))) {
        return true;
      }
      if (c == ':' && first) {
        first = false;
        stars = true;
      } else {
        stars &= c == '*' || c == 'x' || c == 'X' || c == '.';
      }
    }
    return stars;
  }

  /** End of further hosts, port, path and query. */
  private static int end(CharView text, int hostEnd) {
    int end = portEnd(text, hostEnd);
    for (int n = 0; n < MAX_HOSTS && text.at(end) == ','; n++) {
      int next = Host.end(text, end + 1);
      if (next < 0) {
        break;
      }
      end = portEnd(text, next);
    }
    if (text.at(end) == '/' || text.at(end) == '?') {
      end = text.skip(end, end + MAX_TAIL_CHARS, Chars.URL);
      while (switch (text.at(end - 1)) {
        case '.', ',', ';', ':', '!', '?', '\'', ')', ']' -> true;
        default -> false;
      }) {
        end--;
      }
    }
    return end;
  }

  private static int portEnd(CharView text, int end) {
    int port = text.at(end) == ':' ? Ipv4Text.portEnd(text, end + 1) : -1;
    return port > 0 ? port : end;
  }
}
