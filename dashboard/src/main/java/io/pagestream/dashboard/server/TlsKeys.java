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

/** Reads the key with which the dashboard proves who it is, before anything listens. */
final class TlsKeys {
  private TlsKeys() {}

  /**
   * Loads a PKCS#12 key store and sees that it holds a private key that the password opens.
   *
   * @throws PagestreamException {@link ErrorCode#FILE_NOT_READABLE} if it cannot be read, is no key
   *     store, is opened by another password, or holds no key
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
        file, "the TLS key store contains no private key", "use one with a key and its certificate");
  }

  private static PagestreamException failure(Path file, String what, String action) {
    return PagestreamException.inFile(ErrorCode.FILE_NOT_READABLE, file.toString(), what, action);
  }
}
