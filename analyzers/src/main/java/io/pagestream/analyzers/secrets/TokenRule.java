package io.pagestream.analyzers.secrets;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.pagestream.analyzers.chars.CharView;
import io.pagestream.analyzers.chars.Chars;
import io.pagestream.analyzers.chars.Report;
import io.pagestream.analyzers.chars.TextRule;
import io.pagestream.schemas.avro.Confidence;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of one {@link TokenFormat}: prefix, alphabet, length, and nothing else of the alphabet
 * beside them. Patterns of documentation ({@code xxxx…}) have too few different characters.
 */
final class TokenRule implements TextRule {
  private static final int MIN_DIFFERENT_CHARS = 8;
  private static final int CHECKSUM_CHARS = 6;
  private static final String BASE_62 =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  private final TokenFormat format;

  TokenRule(TokenFormat format) {
    this.format = format;
  }

  @Override
  public boolean examine(CharView text, Report report) {
    int body = 1 - TokenFormat.ANCHOR_CHARS;
    int from = body - format.prefix().length();
    if (text.is(from - 1, Chars.WORD)) {
      return false;
    }
    int end = body;
    while (end <= body + format.maxChars() && format.allows(text.at(end))) {
      end++;
    }
    int length = end - body;
    if (length < format.minChars() || length > format.maxChars() || text.is(end, Chars.ALNUM)) {
      return false;
    }
    String token = text.text(body, end);
    boolean checksum = format.check() == TokenFormat.Check.CRC32;
    if (token.chars().distinct().count() < MIN_DIFFERENT_CHARS
        || (checksum && !hasChecksum(token))
        || (format.check() == TokenFormat.Check.NUMBERED && !text.is(body, Chars.DIGIT))) {
      return false;
    }
    @Nullable Confidence confidence = checksum ? Confidence.HIGH : null;
    report.found(
        SecretsAnalyzer.CLOUD_KEY,
        text,
        from,
        end,
        text.text(from, end),
        Map.of("provider", format.provider(), "type", format.type()),
        confidence);
    return true;
  }

  private static boolean hasChecksum(String token) {
    int split = token.length() - CHECKSUM_CHARS;
    CRC32 crc = new CRC32();
    crc.update(token.substring(0, split).getBytes(US_ASCII));
    long number = 0;
    for (int i = split; i < token.length(); i++) {
      number = number * 62 + BASE_62.indexOf(token.charAt(i));
    }
    return number == crc.getValue();
  }

  @Override
  public boolean mayEndAtPageEdge() {
    return false;
  }
}
