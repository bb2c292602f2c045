package io.pagestream.analyzers.privatekey;

import io.pagestream.analyzers.asn1.DerElement;
import io.pagestream.analyzers.publickey.Fingerprint;
import io.pagestream.schemas.avro.Confidence;
import java.math.BigInteger;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** RSA private keys: {@code RSAPrivateKey} of PKCS #1 (RFC 8017, appendix A.1.2), two primes. */
final class RsaKey {
  /** Maximum bytes of a number: keys of 16,384 bits. */
  static final int MAX_NUMBER_BYTES = 2048;

  private static final int MIN_BITS = 512;

  private RsaKey() {}

  /** The key in a SEQUENCE, or null if its numbers do not form a key. */
  static @Nullable PrivateKey of(DerElement sequence) {
    DerElement element = sequence.first();
    if (element == null || !element.isInteger(0)) {
      return null;
    }
    DerElement[] numbers = new DerElement[8];
    for (int i = 0; i < numbers.length; i++) {
      element = element.next(sequence, DerElement.INTEGER);
      if (element == null || !element.isPositive(MAX_NUMBER_BYTES)) {
        return null;
      }
      numbers[i] = element;
    }
    // Sizes first: the rest costs multiplications.
    int difference = numbers[3].length() + numbers[4].length() - numbers[0].length();
    if (!element.isLastOf(sequence) || difference < 0 || difference > 2) {
      return null;
    }
    BigInteger n = numbers[0].number();
    BigInteger e = numbers[1].number();
    BigInteger p = numbers[3].number();
    BigInteger q = numbers[4].number();
    if (!areKey(n, e, numbers[2].number(), p, q, numbers[7].number())) {
      return null;
    }
    BigInteger d = numbers[2].number();
    return numbers[5].number().equals(d.mod(p.subtract(BigInteger.ONE)))
            && numbers[6].number().equals(d.mod(q.subtract(BigInteger.ONE)))
        ? describe(n, e, sequence.size())
        : null;
  }

  /**
   * Whether the relations between the numbers of a key hold (RFC 8017, section 3.2): n = p * q, e *
   * d = 1 modulo p - 1 and q - 1, and q * qInv = 1 modulo p.
   */
  static boolean areKey(
      BigInteger n, BigInteger e, BigInteger d, BigInteger p, BigInteger q, BigInteger qInv) {
    BigInteger one = BigInteger.ONE;
    if (n.bitLength() < MIN_BITS
        || p.compareTo(one) <= 0
        || q.compareTo(one) <= 0
        || !e.testBit(0)
        || e.equals(one)
        || !p.multiply(q).equals(n)) {
      return false;
    }
    BigInteger product = e.multiply(d);
    return product.mod(p.subtract(one)).equals(one)
        && product.mod(q.subtract(one)).equals(one)
        && q.multiply(qInv).mod(p).equals(one);
  }

  private static PrivateKey describe(BigInteger n, BigInteger e, int length) {
    return new PrivateKey(
        PrivateKey.RSA,
        length,
        "sha256:" + Fingerprint.ofRsa(n, e),
        Confidence.HIGH,
        Map.of(
            "algorithm",
            "RSA",
            "bits",
            Integer.toString(n.bitLength()),
            "public-exponent",
            e.bitLength() <= 64 ? e.toString() : "0x" + e.toString(16),
            "form",
            "pkcs1"));
  }
}
