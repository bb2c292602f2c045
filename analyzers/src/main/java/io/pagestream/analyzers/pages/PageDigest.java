package io.pagestream.analyzers.pages;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;

/** A hash algorithm for pages. */
enum PageDigest {
  MD5("MD5", 16),
  SHA1("SHA-1", 20),
  SHA256("SHA-256", 32);

  private final String algorithm;
  private final int bytes;

  PageDigest(String algorithm, int bytes) {
    this.algorithm = algorithm;
    this.bytes = bytes;
  }

  /** Length of a hash. */
  int bytes() {
    return bytes;
  }

  /** The name for users, for example {@code sha256}. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** A new instance of the algorithm, which every Java platform has. */
  MessageDigest newInstance() {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has " + algorithm, e);
    }
  }
}
