package io.pagestream.analyzers.privatekey;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Keys that OpenSSL 3.0 and OpenSSH 9.2 generated for these tests only. */
final class KeyFiles {
  private KeyFiles() {}

  /** A file in PEM, without the last line feed. */
  static byte[] pem(String name) {
    return text(name).getBytes(StandardCharsets.US_ASCII);
  }

  static String text(String name) {
    try (InputStream in = KeyFiles.class.getResourceAsStream(name + ".pem")) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The binary content of a file in PEM. */
  static byte[] der(String name) {
    return Base64.getMimeDecoder().decode(text(name).replaceAll("-----[A-Z0-9 ]+-----", ""));
  }
}
