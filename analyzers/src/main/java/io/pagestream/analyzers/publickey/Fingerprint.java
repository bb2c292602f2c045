package io.pagestream.analyzers.publickey;

import io.pagestream.analyzers.asn1.DerElement;
import io.pagestream.analyzers.asn1.DerWriter;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/** SHA-256 fingerprints, which identify a key pair without revealing the private key. */
public final class Fingerprint {
  private static final byte[] RSA_ENCRYPTION = HexFormat.of().parseHex("06092a864886f70d010101");
  private static final byte[] EC_PUBLIC_KEY = HexFormat.of().parseHex("06072a8648ce3d0201");
  private static final byte[] NULL = {DerElement.NULL, 0};

  private Fingerprint() {}

  /** SHA-256 in lower-case hex. */
  public static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(digest(bytes));
  }

  /**
   * The fingerprint of a public key in SSH's encoding, in the form that {@code ssh-keygen -l}
   * prints.
   */
  public static String ssh(byte[] publicKey) {
    return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest(publicKey));
  }

  /** SHA-256 of the SubjectPublicKeyInfo (RFC 3279, section 2.3.1) of an RSA key. */
  public static String ofRsa(BigInteger modulus, BigInteger exponent) {
    byte[] key =
        DerWriter.element(
            DerElement.SEQUENCE, DerWriter.integer(modulus), DerWriter.integer(exponent));
    return ofPublicKey(key, RSA_ENCRYPTION, NULL);
  }

  /** SHA-256 of the SubjectPublicKeyInfo (RFC 5480, section 2) of a point of a named curve. */
  public static String ofEc(EcCurve curve, EcPoint point) {
    return ofPublicKey(
        point.encode(curve),
        EC_PUBLIC_KEY,
        DerWriter.element(DerElement.OBJECT_IDENTIFIER, curve.oid()));
  }

  /** SHA-256 of the SubjectPublicKeyInfo (RFC 8410, section 4) of an Ed25519 public key. */
  public static String ofEd25519(byte[] publicKey) {
    return ofPublicKey(publicKey, DerWriter.element(DerElement.OBJECT_IDENTIFIER, Ed25519.oid()));
  }

  private static String ofPublicKey(byte[] key, byte[]... algorithm) {
    return sha256(
        DerWriter.element(
            DerElement.SEQUENCE,
            DerWriter.element(DerElement.SEQUENCE, algorithm),
            DerWriter.bitString(key)));
  }

  private static byte[] digest(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every JDK", e);
    }
  }
}
