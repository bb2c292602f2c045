package io.pagestream.analyzers.publickey;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import javax.crypto.KeyAgreement;

/** X25519 (RFC 7748, section 5). */
public final class X25519 {
  /** The u coordinate of the base point (RFC 7748, section 4.1). */
  private static final BigInteger BASE_POINT = BigInteger.valueOf(9);

  private X25519() {}

  /** The public key of a private key of 32 bytes: its agreement with the base point. */
  public static byte[] publicKey(byte[] privateKey) {
    try {
      KeyFactory keys = KeyFactory.getInstance("X25519");
      KeyAgreement agreement = KeyAgreement.getInstance("X25519");
      agreement.init(
          keys.generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, privateKey)));
      agreement.doPhase(
          keys.generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, BASE_POINT)), true);
      return agreement.generateSecret();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("X25519 is part of every JDK", e);
    }
  }
}
