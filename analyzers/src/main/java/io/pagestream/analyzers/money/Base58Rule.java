package io.pagestream.analyzers.money;

import io.pagestream.analyzers.chars.CharView;
import io.pagestream.analyzers.chars.Chars;
import io.pagestream.analyzers.chars.Report;
import io.pagestream.analyzers.chars.TextRule;
import java.util.Map;

/**
 * Bitcoin addresses of the forms P2PKH ({@code 1…}) and P2SH ({@code 3…}): 21 bytes and four bytes
 * of their double SHA-256, in base 58 (Bitcoin Core, {@code base58.cpp}). The checksum is verified.
 */
final class Base58Rule implements TextRule {
  private static final String DIGITS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  private static final int FIRST = -25;
  private static final int MAX_CHARS = 35;
  private static final int BYTES = 25;
  private static final int PAYLOAD_BYTES = 21;

  @Override
  public boolean examine(CharView text, Report report) {
    if (text.is(FIRST - 1, Chars.ALNUM)) {
      return false;
    }
    int to = text.skip(1, FIRST + MAX_CHARS + 1, Chars.ALNUM);
    byte[] bytes = new byte[BYTES];
    if (to - FIRST > MAX_CHARS || !decode(text, FIRST, to, bytes)) {
      return false;
    }
    int version = text.at(FIRST) == '1' ? 0 : 5;
    if (bytes[0] != version || !Checksums.isDoubleSha256(bytes, PAYLOAD_BYTES)) {
      return false;
    }
    String type = version == 0 ? "p2pkh" : "p2sh";
    report.found(MoneyAnalyzer.BITCOIN_ADDRESS, text, FIRST, to, Map.of("type", type));
    return true;
  }

  /** Whether the digits are a number of at most 25 bytes. */
  private static boolean decode(CharView text, int from, int to, byte[] bytes) {
    for (int i = from; i < to; i++) {
      int carry = DIGITS.indexOf(text.at(i));
      if (carry < 0) {
        return false;
      }
      for (int j = BYTES - 1; j >= 0; j--) {
        carry += 58 * (bytes[j] & 0xFF);
        bytes[j] = (byte) carry;
        carry >>= 8;
      }
      if (carry != 0) {
        return false;
      }
    }
    // Each leading zero byte is one digit "1".
    int zeros = 0;
    while (zeros < BYTES && bytes[zeros] == 0) {
      zeros++;
    }
    int ones = 0;
    while (text.at(from + ones) == '1') {
      ones++;
    }
    return zeros == ones;
  }
}
