package io.pagestream.dashboard.server;

import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Collections;

/** Reads the key with which the dashboard authenticates itself, before the server starts. */
final class TlsKeys {
  private TlsKeys() {}

  /**
   * Loads a PKCS#12 key store and checks that it contains a private key that the password decrypts.
   *
   * @throws PagestreamException {@link ErrorCode#FILE_NOT_READABLE} if it cannot be read, is not a
   *     key store, has a different password, or contains no key
   */
  static KeyStore load(Path file, String password) {
    char[] secret = password.toCharArray();
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, secret);
      for (String alias : Collections.list(keys.aliases())) {
        if (keys.isKeyEntry(alias) && keys.getKey(alias, secret) != null) {
          return keys;
        }
      }
    } catch (IOException | GeneralSecurityException e) {
      throw failure(
              file,
              "the TLS key store cannot be opened: " + e.getMessage(),
              "use a PKCS#12 file (keytool -genkeypair, openssl pkcs12 -export) and its password"
                  + " with --tls-password-file")
          .causedBy(e);
    }
    throw failure(
        file,
        "the TLS key store contains no private key",
        "use one with a key and its certificate");
  }

  private static PagestreamException failure(Path file, String what, String action) {
    return PagestreamException.inFile(ErrorCode.FILE_NOT_READABLE, file.toString(), what, action);
  }
}
