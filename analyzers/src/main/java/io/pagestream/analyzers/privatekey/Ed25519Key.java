package io.pagestream.analyzers.privatekey;

import io.pagestream.analyzers.asn1.DerElement;
import io.pagestream.analyzers.publickey.Ed25519;
import io.pagestream.analyzers.publickey.Fingerprint;
import io.pagestream.schemas.avro.Confidence;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Ed25519 private keys (RFC 8032). Any 32 bytes are one. Programs contain the beginning of the
 * structure as a template, so the key must look random: {@link #MIN_DIFFERENT} different bytes,
 * which fewer than one in 10^9 random keys do not have.
 */
final class Ed25519Key {
  /** Minimum number of different values among the bytes of a key. */
  private static final int MIN_DIFFERENT = 20;

  private byte[] lastKey = {};
  private byte[] lastPublicKey = {};

  /**
   * The key, or null if it is not one.
   *
   * @param secret OCTET STRING with the key
   * @param publicKey the public key in the structure, or null if there is none
   * @param length bytes of the structure
   */
  @Nullable PrivateKey of(DerElement secret, byte @Nullable [] publicKey, int length) {
    return secret.length() == Ed25519.KEY_BYTES
        ? of(secret.contents(), publicKey, length, "pkcs8")
        : null;
  }

  /** The same for 32 bytes. */
  @Nullable PrivateKey of(byte[] key, byte @Nullable [] publicKey, int length, String form) {
    if (!looksRandom(key)) {
      return null;
    }
    byte[] calculated = publicKey(key);
    if (publicKey != null && !Arrays.equals(publicKey, calculated)) {
      return null;
    }
    return new PrivateKey(
        PrivateKey.ED25519,
        length,
        "sha256:" + Fingerprint.ofEd25519(calculated),
        publicKey == null ? Confidence.MEDIUM : Confidence.HIGH,
        Map.of("algorithm", "Ed25519", "form", form));
  }

  /** The public key; the last one is kept, because copies often follow each other. */
  private byte[] publicKey(byte[] key) {
    if (!Arrays.equals(lastKey, key)) {
      lastPublicKey = Ed25519.publicKey(key);
      lastKey = key;
    }
    return lastPublicKey;
  }

  /** Whether 32 bytes have as many different values as random bytes have. */
  static boolean looksRandom(byte[] key) {
    long[] seen = new long[4];
    for (byte b : key) {
      seen[(b & 0xff) >>> 6] |= 1L << (b & 63);
    }
    int different = 0;
    for (long values : seen) {
      different += Long.bitCount(values);
    }
    return different >= MIN_DIFFERENT;
  }
}
