package io.pagestream.analyzers.secrets;

import io.pagestream.analyzers.chars.CharView;
import io.pagestream.analyzers.chars.Chars;
import io.pagestream.analyzers.chars.Report;
import io.pagestream.analyzers.chars.TextRule;
import java.util.Map;

/**
 * Keys without a prefix, which follow their name in configurations: characters of base64 of a known
 * number, and nothing else of base64 beside them. All but hexadecimal ones must contain letters of
 * both cases and digits.
 */
final class NamedKeyRule implements TextRule {
  private static final int MAX_SEPARATORS = 8;

  private final String provider;
  private final String type;
  private final int chars;
  private final String padding;

  NamedKeyRule(String provider, String type, int chars, String padding) {
    this.provider = provider;
    this.type = type;
    this.chars = chars;
    this.padding = padding;
  }

  @Override
  public boolean examine(CharView text, Report report) {
    int from = 1;
    boolean assigned = false;
    while (from <= MAX_SEPARATORS && isSeparator(text.at(from))) {
      assigned |= text.at(from) == '=' || text.at(from) == ':' || text.at(from) == '>';
      from++;
    }
    int end = from;
    boolean upper = false;
    boolean lower = false;
    boolean digit = false;
    while (end <= from + chars && isBase64(text.at(end))) {
      upper |= text.is(end, Chars.UPPER);
      lower |= text.is(end, Chars.LOWER);
      digit |= text.is(end, Chars.DIGIT);
      end++;
    }
    boolean hexadecimal = text.skip(from, end, Chars.HEX) == end;
    int to = end + padding.length();
    if (!assigned
        || end - from != chars
        || !(hexadecimal ? !upper : upper && lower && digit)
        || hexadecimal != "service-account".equals(type)
        || !text.startsWith(end, padding)
        || text.at(to) == '=') {
      return false;
    }
    Map<String, String> attributes = Map.of("provider", provider, "type", type);
    report.found(SecretsAnalyzer.CLOUD_KEY, text, from, to, attributes);
    return true;
  }

  private static boolean isBase64(int character) {
    return Chars.is(character, Chars.ALNUM) || character == '+' || character == '/';
  }

  private static boolean isSeparator(int character) {
    return switch (character) {
      case ' ', '\t', '=', ':', '"', '\'', '>' -> true;
      default -> false;
    };
  }

  @Override
  public boolean mayEndAtPageEdge() {
    return false;
  }
}
