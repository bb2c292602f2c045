package io.pagestream.schemas.digest;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The SHA-256 of fields, from which ids are derived. Numbers are 8 bytes big-endian, and a text is
 * UTF-8 preceded by its length, so that no two lists of fields have the same bytes.
 */
public final class Sha256 {
  /** Length of a hash. */
  public static final int BYTES = 32;

  private final MessageDigest digest = algorithm();

  /** SHA-256, which every Java platform has. */
  public static MessageDigest algorithm() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  /** Adds a number. */
  public Sha256 number(long number) {
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(number).flip());
    return this;
  }

  /** Adds a text. */
  public Sha256 text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    number(bytes.length);
    digest.update(bytes);
    return this;
  }

  /** Adds bytes of a fixed length. */
  public Sha256 bytes(byte[] bytes) {
    digest.update(bytes);
    return this;
  }

  /** The first bytes of the result as lower-case hex digits; call once, at the end. */
  public String hex(int bytes) {
    return HexFormat.of().formatHex(digest.digest(), 0, bytes);
  }
}
