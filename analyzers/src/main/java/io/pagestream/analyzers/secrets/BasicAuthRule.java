package io.pagestream.analyzers.secrets;

import io.pagestream.analyzers.chars.CharView;
import io.pagestream.analyzers.chars.Chars;
import io.pagestream.analyzers.chars.Report;
import io.pagestream.analyzers.chars.TextRule;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/**
 * The header {@code Authorization: Basic} of HTTP (RFC 7617): base64 of user, colon and password,
 * all printable. The value is the decoded text.
 */
final class BasicAuthRule implements TextRule {
  private static final int MAX_CHARS = 344;

  @Override
  public boolean examine(CharView text, Report report) {
    int end = 0;
    while (end < MAX_CHARS
        && (text.is(end, Chars.ALNUM) || text.at(end) == '+' || text.at(end) == '/')) {
      end++;
    }
    int padded = text.at(end) == '=' ? (text.at(end + 1) == '=' ? end + 2 : end + 1) : end;
    if (padded % 4 != 0) {
      return false;
    }
    byte[] decoded;
    try {
      decoded = Base64.getDecoder().decode(text.text(0, padded));
    } catch (IllegalArgumentException e) {
      return false;
    }
    String credential = new String(decoded, StandardCharsets.UTF_8);
    int colon = credential.indexOf(':');
    if (colon < 0
        || credential.length() < 3
        || credential.chars().anyMatch(c -> Character.isISOControl(c) || c == 0xFFFD)) {
      return false;
    }
    report.found(
        SecretsAnalyzer.CREDENTIAL,
        text,
        0,
        padded,
        credential,
        Map.of(
            "scheme",
            "basic",
            "user",
            credential.substring(0, colon),
            "password",
            credential.substring(colon + 1)),
        null);
    return true;
  }
}
