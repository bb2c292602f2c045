package io.pagestream.analyzers.money;

import io.pagestream.analyzers.chars.CharView;
import io.pagestream.analyzers.chars.Chars;
import io.pagestream.analyzers.chars.Report;
import io.pagestream.analyzers.chars.TextRule;
import io.pagestream.schemas.avro.Confidence;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Ethereum addresses: {@code 0x} and exactly 40 hexadecimal digits. If letters are of both cases,
 * they must contain the checksum of EIP-55. Otherwise the preceding text must name an address, and
 * the confidence is low.
 */
final class EthereumRule implements TextRule {
  private static final int FIRST = -39;
  private static final int DIGITS = FIRST + 2;
  private static final int END = DIGITS + 40;
  private static final int CONTEXT_CHARS = 32;
  private static final int MIN_DIFFERENT_DIGITS = 8;

  private static final List<String> WORDS =
      List.of("eth", "wallet", "address", "contract", "erc20", "erc-20", "token", "beneficiary");

  @Override
  public boolean examine(CharView text, Report report) {
    if (text.skip(1, END + 1, Chars.HEX) != END
        || text.is(END, Chars.WORD)
        || text.is(FIRST - 1, Chars.WORD)) {
      return false;
    }
    String digits = text.text(DIGITS, END);
    String lower = digits.toLowerCase(Locale.ROOT);
    if (lower.chars().distinct().count() < MIN_DIFFERENT_DIGITS) {
      return true;
    }
    boolean mixed = !digits.equals(lower) && !digits.equals(digits.toUpperCase(Locale.ROOT));
    if (mixed ? !hasChecksum(digits, lower) : !isNamed(text)) {
      return false;
    }
    @Nullable Confidence confidence = mixed ? null : Confidence.LOW;
    report.found(
        MoneyAnalyzer.ETHEREUM_ADDRESS, text, FIRST, END, "0x" + digits, Map.of(), confidence);
    return true;
  }

  private static boolean isNamed(CharView text) {
    for (int i = FIRST - CONTEXT_CHARS; i < FIRST; i++) {
      for (String word : WORDS) {
        if (text.startsWith(i, word)) {
          return true;
        }
      }
    }
    return false;
  }

  /** EIP-55: a letter is upper case if its digit of the hash is at least 8. */
  private static boolean hasChecksum(String digits, String lower) {
    byte[] hash = Keccak.hash(lower.getBytes(StandardCharsets.US_ASCII));
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      boolean high = (hash[i / 2] >> (i % 2 == 0 ? 4 : 0) & 8) != 0;
      if (c > '9' && high != (c <= 'F')) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean mayEndAtPageEdge() {
    return false;
  }
}
