package io.pagestream.analyzers.publickey;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;

/** Ed25519 (RFC 8032, section 5.1). */
public final class Ed25519 {
  /** Bytes of a private key, and of a public key. */
  public static final int KEY_BYTES = 32;

  /** Contents of the object identifier 1.3.101.112 in DER (RFC 8410, section 3). */
  private static final byte[] OID = {0x2b, 0x65, 0x70};

  private Ed25519() {}

  /** Contents of the object identifier in DER. */
  public static byte[] oid() {
    return OID.clone();
  }

  /**
   * The public key of a private key. The JDK generates a key pair from random bytes, which are the
   * private key (RFC 8032, section 5.1.5, step 1), so it is given the private key as random bytes.
   */
  public static byte[] publicKey(byte[] privateKey) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
      generator.initialize(NamedParameterSpec.ED25519, new Given(privateKey));
      byte[] encoded = generator.generateKeyPair().getPublic().getEncoded();
      return Arrays.copyOfRange(encoded, encoded.length - KEY_BYTES, encoded.length);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Ed25519 is part of every JDK", e);
    }
  }

  /** "Random" bytes that are given. */
  private static final class Given extends SecureRandom {
    private static final long serialVersionUID = 1;
    private final byte[] bytes;

    Given(byte[] bytes) {
      super(null, null);
      this.bytes = bytes.clone();
    }

    @Override
    public void nextBytes(byte[] into) {
      System.arraycopy(bytes, 0, into, 0, Math.min(bytes.length, into.length));
    }
  }
}
