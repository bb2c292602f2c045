package io.pagestream.analyzers.web;

import io.pagestream.analyzers.chars.CharView;
import io.pagestream.analyzers.chars.Chars;
import io.pagestream.analyzers.chars.Report;
import io.pagestream.analyzers.chars.TextRule;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Onion services of version 3 (Tor, rend-spec-v3, section 6): 56 characters of base 32, which
 * encode a public key, two bytes of its checksum and the version. The checksum is verified.
 */
final class OnionRule implements TextRule {
  private static final int LABEL_END = -5;
  private static final int FIRST = LABEL_END - 56;
  private static final int KEY_BYTES = 32;
  private static final String DIGITS = "abcdefghijklmnopqrstuvwxyz234567";
  private static final byte[] PREFIX = ".onion checksum".getBytes(StandardCharsets.US_ASCII);

  @Override
  public boolean examine(CharView text, Report report) {
    if (text.is(FIRST - 1, Chars.ALNUM) || text.is(1, Chars.WORD)) {
      return false;
    }
    byte[] bytes = new byte[35];
    int buffer = 0;
    int bits = 0;
    int count = 0;
    for (int i = FIRST; i < LABEL_END; i++) {
      int digit = DIGITS.indexOf(text.at(i));
      if (digit < 0) {
        return false;
      }
      buffer = buffer << 5 | digit;
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        bytes[count++] = (byte) (buffer >> bits);
      }
    }
    if (!hasChecksum(bytes)) {
      return false;
    }
    report.found(WebAnalyzer.ONION_ADDRESS, text, FIRST, 1);
    return true;
  }

  private static boolean hasChecksum(byte[] bytes) {
    MessageDigest sha3;
    try {
      sha3 = MessageDigest.getInstance("SHA3-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    sha3.update(PREFIX);
    sha3.update(bytes, 0, KEY_BYTES);
    sha3.update(bytes[34]);
    byte[] digest = sha3.digest();
    return bytes[34] == 3 && bytes[32] == digest[0] && bytes[33] == digest[1];
  }
}
