package io.pagestream.cases.signature;

import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.spec.InvalidKeySpecException;
import java.util.Optional;

/** A key of one of the kinds that a case is signed with. */
record SupportedKey<K extends Key>(SignatureAlgorithm algorithm, K key) {
  /** Generates a key of one kind from its encoding. */
  @FunctionalInterface
  interface Generator<K> {
    K generate(KeyFactory factory) throws InvalidKeySpecException;
  }

  /**
   * The key of a file, of whichever kind it is.
   *
   * @param unsuitable advice for a key of a kind that is supported in other forms
   * @param unknown advice for a key of another kind
   * @throws PagestreamException {@link ErrorCode#KEY_UNUSABLE} if it is no key of these kinds
   */
  static <K extends Key> SupportedKey<K> of(
      Path file, Generator<K> generator, String unsuitable, String unknown) {
    for (SignatureAlgorithm algorithm : SignatureAlgorithm.values()) {
      try {
        K key = generator.generate(KeyFactory.getInstance(algorithm.keyFamily()));
        Optional<String> objection = algorithm.objection(key);
        if (objection.isPresent()) {
          throw PemFile.unusable(file, objection.get(), unsuitable);
        }
        return new SupportedKey<>(algorithm, key);
      } catch (InvalidKeySpecException e) {
        // a key of another kind: the next one is tried
      } catch (GeneralSecurityException e) {
        throw PemFile.unusable(file, "cannot be used: " + e.getMessage(), "use another key")
            .causedBy(e);
      }
    }
    throw PemFile.unusable(file, "is no key that a case can be signed with", unknown);
  }
}
