package io.pagestream.cases.signature;

import io.pagestream.cases.seal.NoFollow;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.X509EncodedKeySpec;

/** A public key, in PEM or in a certificate. Whether to trust it is for the user to decide. */
public final class VerifyingKey {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int MOST_SIGNATURE_BYTES = 8 * 1024;

  private final SignatureAlgorithm algorithm;
  private final PublicKey key;

  private VerifyingKey(SignatureAlgorithm algorithm, PublicKey key) {
    this.algorithm = algorithm;
    this.key = key;
  }

  /**
   * Reads a key.
   *
   * @throws PagestreamException {@link ErrorCode#KEY_UNUSABLE} if it is not a public key of a kind
   *     used for signing cases
   */
  public static VerifyingKey read(Path file) {
    PemFile pem = PemFile.read(file);
    byte[] spki =
        switch (pem.label()) {
          case "PUBLIC KEY" -> pem.der();
          case "CERTIFICATE" -> ofCertificate(pem);
          default ->
              throw PemFile.unusable(
                  file,
                  "holds no public key but " + pem.label(),
                  "make one of a private key: openssl pkey -in KEY -pubout -out PUBLIC");
        };
    SupportedKey<PublicKey> supported =
        SupportedKey.of(
            file,
            factory -> factory.generatePublic(new X509EncodedKeySpec(spki)),
            "see docs/sealed-cases.md",
            "see docs/sealed-cases.md");
    return new VerifyingKey(supported.algorithm(), supported.key());
  }

  private static byte[] ofCertificate(PemFile pem) {
    try {
      return CertificateFactory.getInstance("X.509")
          .generateCertificate(new ByteArrayInputStream(pem.der()))
          .getPublicKey()
          .getEncoded();
    } catch (CertificateException e) {
      throw PemFile.unusable(pem.file(), "is no X.509 certificate", "give the public key")
          .causedBy(e);
    }
  }

  /**
   * Whether a signature over a manifest was created with the private key of this public key.
   *
   * @throws PagestreamException if one of the files cannot be read
   */
  public boolean verifies(Path manifest, Path signatureFile) {
    try (InputStream in = NoFollow.stream(manifest);
        InputStream signed = NoFollow.stream(signatureFile)) {
      Signature signature = Signature.getInstance(algorithm.signature());
      signature.initVerify(key);
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        signature.update(buffer, 0, read);
      }
      return signature.verify(signed.readNBytes(MOST_SIGNATURE_BYTES));
    } catch (SignatureException e) {
      return false; // malformed signature
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK has " + algorithm, e);
    } catch (IOException e) {
      throw PagestreamException.inFile(
              ErrorCode.READ_FAILED, signatureFile.toString(), e.toString(), "check the disk")
          .causedBy(e);
    }
  }

  /** The display name of the key's kind. */
  public String kind() {
    return algorithm.signature();
  }
}
