package io.pagestream.cases.signature;

import java.security.Key;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAKey;
import java.util.Optional;

/** The algorithms for signing a case. The key determines the algorithm. */
enum SignatureAlgorithm {
  /** RFC 8032, pure: over the manifest itself. */
  ED25519("Ed25519", "Ed25519"),
  /** ECDSA (FIPS 186-5) with P-256 or P-384 over a SHA-256, in DER. */
  ECDSA("EC", "SHA256withECDSA"),
  /** RSASSA-PKCS1-v1_5 (RFC 8017, 8.2) over a SHA-256: what openssl does by default. */
  RSA("RSA", "SHA256withRSA");

  /** NIST SP 800-131A: shorter keys are no longer acceptable. */
  static final int LEAST_RSA_BITS = 2048;

  private static final int P256_BITS = 256;
  private static final int P384_BITS = 384;

  private final String keyFamily;
  private final String signature;

  SignatureAlgorithm(String keyFamily, String signature) {
    this.keyFamily = keyFamily;
    this.signature = signature;
  }

  /** The JDK's name for keys of this kind. */
  String keyFamily() {
    return keyFamily;
  }

  /** The JDK's name for signatures of this kind. */
  String signature() {
    return signature;
  }

  /** Why a key cannot be used, as part of a sentence; empty if it can. */
  Optional<String> objection(Key key) {
    return switch (this) {
      case ED25519 ->
          key instanceof EdECKey ed && ed.getParams().getName().equals("Ed25519")
              ? Optional.empty()
              : Optional.of("is an Edwards curve other than Ed25519");
      case ECDSA -> key instanceof ECKey ec ? curve(ec) : Optional.of("names no curve");
      case RSA ->
          key instanceof RSAKey rsa && rsa.getModulus().bitLength() >= LEAST_RSA_BITS
              ? Optional.empty()
              : Optional.of("is an RSA key of less than " + LEAST_RSA_BITS + " bits");
    };
  }

  private static Optional<String> curve(ECKey key) {
    // The JDK supports only the NIST curves, which are identified by the size of the field.
    int bits = key.getParams().getCurve().getField().getFieldSize();
    boolean known = bits == P256_BITS || bits == P384_BITS;
    return known ? Optional.empty() : Optional.of("is on another curve than P-256 and P-384");
  }
}
