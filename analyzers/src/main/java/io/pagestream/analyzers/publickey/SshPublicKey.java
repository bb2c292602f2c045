package io.pagestream.analyzers.publickey;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * A public key in SSH's encoding: {@code ssh-rsa} and {@code ssh-dss} (RFC 4253, section 6.6),
 * {@code ecdsa-sha2-*} (RFC 5656, section 3.1), {@code ssh-ed25519} (RFC 8709, section 4), and the
 * forms of these for security keys (OpenSSH, PROTOCOL.u2f).
 *
 * @param type name of its type
 * @param bits size of the key
 * @param fingerprint as {@code ssh-keygen -l} prints it
 */
public record SshPublicKey(String type, int bits, String fingerprint) {
  /** Maximum bytes of a number, for RSA keys of 16,384 bits. */
  public static final int MAX_NUMBER_BYTES = 2048;

  private static final int MAX_NAME = 64;
  private static final int MIN_RSA_BITS = 512;
  private static final String SECURITY_KEY = "sk-";
  private static final String SECURITY_KEY_DOMAIN = "@openssh.com";
  private static final String ECDSA = "ecdsa-sha2-";

  /** The key, or null if the bytes are not exactly one valid key. */
  public static @Nullable SshPublicKey of(byte[] encoded) {
    SshReader reader = SshReader.of(encoded);
    String type = reader.word(MAX_NAME);
    int bits = bits(type, reader);
    return bits > 0 && reader.isAtEnd()
        ? new SshPublicKey(type, bits, Fingerprint.ssh(encoded))
        : null;
  }

  /** The size of the key; 0 if it is invalid. */
  private static int bits(String type, SshReader reader) {
    if (type.startsWith(SECURITY_KEY) && type.endsWith(SECURITY_KEY_DOMAIN)) {
      String inner =
          type.substring(SECURITY_KEY.length(), type.length() - SECURITY_KEY_DOMAIN.length());
      int bits = inner.equals("ssh-rsa") || inner.equals("ssh-dss") ? 0 : bits(inner, reader);
      String application = reader.word(MAX_NUMBER_BYTES);
      return application.isEmpty() ? 0 : bits;
    }
    return switch (type) {
      case "ssh-rsa" -> rsa(reader);
      case "ssh-dss" -> dsa(reader);
      case "ssh-ed25519" -> reader.bytes(Ed25519.KEY_BYTES).length == Ed25519.KEY_BYTES ? 256 : 0;
      default -> type.startsWith(ECDSA) ? ecdsa(type.substring(ECDSA.length()), reader) : 0;
    };
  }

  private static int rsa(SshReader reader) {
    BigInteger exponent = reader.positive(MAX_NUMBER_BYTES);
    BigInteger modulus = reader.positive(MAX_NUMBER_BYTES);
    boolean valid =
        exponent.testBit(0)
            && exponent.bitLength() > 1
            && modulus.testBit(0)
            && modulus.bitLength() >= MIN_RSA_BITS
            && exponent.compareTo(modulus) < 0;
    return valid ? modulus.bitLength() : 0;
  }

  private static int dsa(SshReader reader) {
    BigInteger p = reader.positive(MAX_NUMBER_BYTES);
    BigInteger q = reader.positive(MAX_NUMBER_BYTES);
    BigInteger g = reader.positive(MAX_NUMBER_BYTES);
    BigInteger y = reader.positive(MAX_NUMBER_BYTES);
    boolean valid =
        !reader.failed()
            && p.bitLength() >= MIN_RSA_BITS
            && p.subtract(BigInteger.ONE).mod(q).signum() == 0
            && g.compareTo(p) < 0
            && y.compareTo(p) < 0;
    return valid ? p.bitLength() : 0;
  }

  private static int ecdsa(String name, SshReader reader) {
    EcCurve curve = EcCurve.ofSsh(name);
    String again = reader.word(MAX_NAME);
    if (curve == null || !again.equals(name)) {
      return 0;
    }
    byte[] point = reader.bytes(1 + 2 * curve.bytes());
    return EcPoint.decode(curve, point) == null ? 0 : curve.bits();
  }
}
