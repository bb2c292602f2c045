package io.pagestream.analyzers.money;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Checksums of addresses. */
final class Checksums {
  private static final int CHECKSUM_BYTES = 4;
  private static final int[] GENERATOR = {
    0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3
  };

  private Checksums() {}

  /** Whether the first {@code length} bytes are followed by the start of their double SHA-256. */
  static boolean isDoubleSha256(byte[] bytes, int length) {
    MessageDigest sha256;
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    sha256.update(bytes, 0, length);
    byte[] twice = sha256.digest(sha256.digest());
    for (int i = 0; i < CHECKSUM_BYTES; i++) {
      if (bytes[length + i] != twice[i]) {
        return false;
      }
    }
    return true;
  }

  /** BIP 173: the next state of the checksum of bech32, after five more bits. */
  static int bech32(int state, int bits) {
    int top = state >>> 25;
    int next = (state & 0x1ffffff) << 5 ^ bits;
    for (int i = 0; i < GENERATOR.length; i++) {
      if ((top >> i & 1) != 0) {
        next ^= GENERATOR[i];
      }
    }
    return next;
  }
}
