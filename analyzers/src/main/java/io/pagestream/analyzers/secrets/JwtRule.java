package io.pagestream.analyzers.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pagestream.analyzers.api.Encoding;
import io.pagestream.analyzers.chars.CharView;
import io.pagestream.analyzers.chars.Chars;
import io.pagestream.analyzers.chars.JsonText;
import io.pagestream.analyzers.chars.Report;
import io.pagestream.analyzers.chars.TextRule;
import java.lang.foreign.MemorySegment;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * JSON web tokens in their compact form (RFC 7515, section 7.1, and RFC 7516): parts in base64url
 * between dots. The header must be a JSON object with {@code alg}; the second of three parts must
 * be a JSON object. The signature is not verified.
 */
final class JwtRule implements TextRule {
  /** Maximum length of a token. */
  static final int MAX_CHARS = 4096;

  private static final int FIRST = -6;
  private static final int MAX_HEADER_CHARS = 1024;
  private static final int SIGNED_PARTS = 3;
  private static final int ENCRYPTED_PARTS = 5;
  private static final int PART = Chars.WORD | Chars.HYPHEN;
  private static final Pattern STRING =
      Pattern.compile("\"(alg|typ|kid|iss|sub|aud)\"\\s{0,4}:\\s{0,4}\"([^\"\\\\]{0,200})\"");

  @Override
  public boolean examine(CharView text, Report report) {
    if (text.is(FIRST - 1, PART) || text.at(FIRST - 1) == '.') {
      return false;
    }
    int headerEnd = text.skip(1, FIRST + MAX_HEADER_CHARS, PART);
    if (text.at(headerEnd) != '.') {
      return false;
    }
    int limit = FIRST + MAX_CHARS;
    int payload = headerEnd + 1;
    int payloadEnd = text.skip(payload, limit, PART);
    int end = payloadEnd;
    int signatureEnd = end;
    int parts = 2;
    while (text.at(end) == '.' && parts < ENCRYPTED_PARTS) {
      int next = text.skip(end + 1, limit, PART);
      if (next == end + 1 && parts >= SIGNED_PARTS) {
        break;
      }
      end = next;
      parts++;
      signatureEnd = parts == SIGNED_PARTS ? end : signatureEnd;
    }
    if (parts < SIGNED_PARTS || end >= limit) {
      return false;
    }
    if (parts < ENCRYPTED_PARTS) {
      parts = SIGNED_PARTS;
      end = signatureEnd;
    }
    String header = json(text.text(FIRST, headerEnd));
    String claims = parts == SIGNED_PARTS ? json(text.text(payload, payloadEnd)) : "";
    if (header == null || claims == null) {
      return false;
    }
    Map<String, String> attributes = new LinkedHashMap<>();
    addStrings(header, attributes);
    if (!attributes.containsKey("alg")) {
      return false;
    }
    addStrings(claims, attributes);
    report.found(SecretsAnalyzer.JSON_WEB_TOKEN, text, FIRST, end, attributes);
    return true;
  }

  /** The object that a part encodes; null if it is none. */
  private static @Nullable String json(String part) {
    byte[] decoded;
    try {
      decoded = Base64.getUrlDecoder().decode(part);
    } catch (IllegalArgumentException e) {
      return null;
    }
    if (decoded.length == 0 || decoded[0] != '{') {
      return null;
    }
    CharView view = new CharView();
    view.over(MemorySegment.ofArray(decoded));
    view.anchor(0, Encoding.ASCII);
    return JsonText.end(view, 0, decoded.length + 1) == decoded.length
        ? new String(decoded, UTF_8)
        : null;
  }

  private static void addStrings(String json, Map<String, String> attributes) {
    Matcher matcher = STRING.matcher(json);
    while (matcher.find()) {
      attributes.putIfAbsent(matcher.group(1), matcher.group(2));
    }
  }
}
