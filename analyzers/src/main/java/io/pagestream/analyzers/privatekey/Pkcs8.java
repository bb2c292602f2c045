package io.pagestream.analyzers.privatekey;

import io.pagestream.analyzers.asn1.DerElement;
import io.pagestream.analyzers.publickey.EcCurve;
import io.pagestream.analyzers.publickey.Ed25519;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Keys in {@code PrivateKeyInfo} of PKCS #8 (RFC 5208) and its successor {@code OneAsymmetricKey}
 * (RFC 5958): RSA, named curves and Ed25519.
 */
final class Pkcs8 {
  private static final String FORM = "pkcs8";
  private static final byte[] RSA = HexFormat.of().parseHex("2a864886f70d010101");
  private static final byte[] EC = HexFormat.of().parseHex("2a8648ce3d0201");
  private static final byte[] ED25519 = Ed25519.oid();
  private static final int ATTRIBUTES = 0xa0;
  private static final int PUBLIC_KEY = 0x81;
  private static final int EXPLICIT_PUBLIC_KEY = 0xa1;

  /** Range of the size of an AlgorithmIdentifier. */
  private static final int MIN_ALGORITHM = 7;

  private static final int MAX_ALGORITHM = 32;

  private final EcKey ecKey;
  private final Ed25519Key ed25519Key;

  Pkcs8(EcKey ecKey, Ed25519Key ed25519Key) {
    this.ecKey = ecKey;
    this.ed25519Key = ed25519Key;
  }

  /** The key in a SEQUENCE, or null if it is not one. */
  @Nullable PrivateKey of(DerElement sequence) {
    DerElement version = sequence.first();
    if (version == null || (!version.isInteger(0) && !version.isInteger(1))) {
      return null;
    }
    DerElement algorithm = version.next(sequence, DerElement.SEQUENCE);
    DerElement oid = algorithm == null ? null : algorithm.first(DerElement.OBJECT_IDENTIFIER);
    DerElement secret =
        algorithm == null ? null : algorithm.next(sequence, DerElement.OCTET_STRING);
    if (algorithm == null || oid == null || secret == null) {
      return null;
    }
    DerElement last = secret;
    DerElement attributes = last.next(sequence, ATTRIBUTES);
    if (attributes != null) {
      last = attributes;
    }
    DerElement publicKey = last.next(sequence, PUBLIC_KEY);
    if (publicKey == null) {
      publicKey = last.next(sequence, EXPLICIT_PUBLIC_KEY);
    }
    if (!(publicKey == null ? last : publicKey).isLastOf(sequence)) {
      return null;
    }
    return key(sequence, algorithm, oid, secret, publicKey);
  }

  private @Nullable PrivateKey key(
      DerElement sequence,
      DerElement algorithm,
      DerElement oid,
      DerElement secret,
      @Nullable DerElement publicKey) {
    int size = sequence.size();
    DerElement inner = secret.first();
    if (inner == null || !inner.isLastOf(secret)) {
      return null;
    }
    if (oid.holds(ED25519)) {
      byte[] bits = publicKey == null ? null : bits(publicKey);
      boolean valid = oid.isLastOf(algorithm) && (publicKey == null || bits != null);
      return valid && inner.tag() == DerElement.OCTET_STRING
          ? ed25519Key.of(inner, bits, size)
          : null;
    }
    PrivateKey key = null;
    if (inner.tag() == DerElement.SEQUENCE && oid.holds(RSA)) {
      key = RsaKey.of(inner);
    } else if (inner.tag() == DerElement.SEQUENCE && oid.holds(EC)) {
      DerElement name = oid.next(algorithm, DerElement.OBJECT_IDENTIFIER);
      EcCurve curve = name == null ? null : EcCurve.of(name.contents());
      key = curve == null ? null : ecKey.of(inner, curve);
    }
    return key == null ? null : key.in(FORM, size);
  }

  /** The bits of a public key, which is implicitly or explicitly tagged, or null. */
  private static byte @Nullable [] bits(DerElement publicKey) {
    DerElement bits =
        publicKey.tag() == PUBLIC_KEY ? publicKey : publicKey.first(DerElement.BIT_STRING);
    if (bits == null || bits.length() != 1 + Ed25519.KEY_BYTES || bits.u8(0) != 0) {
      return null;
    }
    byte[] contents = bits.contents();
    return Arrays.copyOfRange(contents, 1, contents.length);
  }

  /**
   * Whether a SEQUENCE is the key within a PKCS #8 structure, which is reported instead of it.
   *
   * @param limit offset after the last visible byte
   */
  boolean contains(MemorySegment memory, DerElement key, int limit) {
    DerElement secret = DerElement.around(memory, key.start(), limit, DerElement.OCTET_STRING);
    if (secret == null || secret.end() != key.end()) {
      return false;
    }
    for (int size = MIN_ALGORITHM; size <= MAX_ALGORITHM; size++) {
      int start = secret.start() - size;
      DerElement algorithm = DerElement.at(memory, start, secret.start(), DerElement.SEQUENCE);
      if (algorithm != null && algorithm.end() == secret.start() && start >= 3) {
        DerElement version = DerElement.at(memory, start - 3, start, DerElement.INTEGER);
        DerElement outer =
            version == null || version.end() != start
                ? null
                : DerElement.around(memory, start - 3, limit, DerElement.SEQUENCE);
        if (outer != null && of(outer) != null) {
          return true;
        }
      }
    }
    return false;
  }
}
