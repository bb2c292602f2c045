package io.pagestream.dashboard.guard;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The secret that a client must know. Only its digest is kept, and compared in constant time. */
public final class AccessToken {
  /** Minimum number of characters of a token chosen by a user. */
  public static final int LEAST_LENGTH = 16;

  /** Minimum number of different characters: the number of guesses is not limited. */
  private static final int LEAST_DISTINCT = 8;

  /** Maximum number of characters of a token. */
  public static final int MOST_LENGTH = 256;

  private static final int RANDOM_BYTES = 24;

  private final byte[] digest;

  /**
   * A token.
   *
   * @param secret 16 to 256 visible ASCII characters that are allowed in a cookie (RFC 6265,
   *     section 4.1.1)
   */
  public AccessToken(String secret) {
    if (!isUsable(secret)) {
      throw new IllegalArgumentException("unusable token");
    }
    this.digest = digest(secret);
  }

  /** Whether a text can be a token. */
  public static boolean isUsable(String secret) {
    return secret.length() >= LEAST_LENGTH
        && secret.length() <= MOST_LENGTH
        && secret.chars().distinct().count() >= LEAST_DISTINCT
        && secret.chars().allMatch(c -> c > 0x20 && c < 0x7F && "\",;\\&#%+".indexOf(c) < 0);
  }

  /** A new random secret of 192 bits. */
  public static String random() {
    byte[] bytes = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Whether a text from a client is the secret. */
  public boolean matches(@Nullable String word) {
    return word != null
        && word.length() <= MOST_LENGTH
        && MessageDigest.isEqual(digest, digest(word));
  }

  /** The SHA-256 of a secret in hex, usable as a key. */
  static String hash(String secret) {
    return HexFormat.of().formatHex(digest(secret));
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
