package io.pagestream.analyzers.privatekey;

import io.pagestream.analyzers.asn1.DerElement;
import io.pagestream.analyzers.publickey.EcCurve;
import io.pagestream.analyzers.publickey.EcKeys;
import io.pagestream.analyzers.publickey.EcPoint;
import io.pagestream.analyzers.publickey.Fingerprint;
import io.pagestream.schemas.avro.Confidence;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Private keys of named curves: {@code ECPrivateKey} of SEC 1 (RFC 5915). The public key is
 * calculated; if the structure contains it, it must be the same, which proves the key.
 */
final class EcKey {
  private static final int CURVE = 0xa0;
  private static final int PUBLIC_KEY = 0xa1;

  private final EcKeys keys = new EcKeys();
  private @Nullable EcCurve lastCurve;
  private BigInteger lastKey = BigInteger.ZERO;
  private @Nullable EcPoint lastPoint;

  /**
   * The key in a SEQUENCE, or null if it is not one.
   *
   * @param given the curve, if the structure around the SEQUENCE names it
   */
  @Nullable PrivateKey of(DerElement sequence, @Nullable EcCurve given) {
    DerElement version = sequence.first();
    if (version == null || !version.isInteger(1)) {
      return null;
    }
    DerElement secret = version.next(sequence, DerElement.OCTET_STRING);
    if (secret == null) {
      return null;
    }
    EcCurve curve = given;
    DerElement last = secret;
    DerElement parameters = secret.next(sequence, CURVE);
    if (parameters != null) {
      last = parameters;
      curve = curve(parameters);
      if (given != null && given != curve) {
        return null;
      }
    }
    DerElement point = last.next(sequence, PUBLIC_KEY);
    if (curve == null
        || secret.length() != curve.bytes()
        || !(point == null ? last : point).isLastOf(sequence)) {
      return null;
    }
    BigInteger key = new BigInteger(1, secret.contents());
    return curve.isPrivateKey(key) ? check(sequence, curve, key, point) : null;
  }

  private static @Nullable EcCurve curve(DerElement parameters) {
    DerElement oid = parameters.first(DerElement.OBJECT_IDENTIFIER);
    return oid == null || !oid.isLastOf(parameters) ? null : EcCurve.of(oid.contents());
  }

  private @Nullable PrivateKey check(
      DerElement sequence, EcCurve curve, BigInteger key, @Nullable DerElement element) {
    byte[] encoded = null;
    if (element != null) {
      DerElement bits = element.first(DerElement.BIT_STRING);
      if (bits == null || !bits.isLastOf(element) || bits.length() < 2 || bits.u8(0) != 0) {
        return null;
      }
      encoded = Arrays.copyOfRange(bits.contents(), 1, bits.length());
      if (encoded[0] == 4 && EcPoint.decode(curve, encoded) == null) {
        return null; // before the multiplication, which costs much more
      }
    }
    EcPoint point = publicKey(curve, key);
    if (encoded != null && !isEncoded(curve, point, encoded)) {
      return null;
    }
    return new PrivateKey(
        PrivateKey.EC,
        sequence.size(),
        "sha256:" + Fingerprint.ofEc(curve, point),
        encoded == null ? Confidence.MEDIUM : Confidence.HIGH,
        Map.of(
            "algorithm",
            "EC",
            "bits",
            Integer.toString(curve.bits()),
            "curve",
            curve.word(),
            "form",
            "sec1"));
  }

  /**
   * The public key of a private key; the last one is kept, because copies often follow each other.
   */
  EcPoint publicKey(EcCurve curve, BigInteger key) {
    EcPoint point = lastPoint;
    if (point == null || lastCurve != curve || !lastKey.equals(key)) {
      point = keys.publicKey(curve, key);
      lastCurve = curve;
      lastKey = key;
      lastPoint = point;
    }
    return point;
  }

  private static boolean isEncoded(EcCurve curve, EcPoint point, byte[] encoded) {
    byte[] uncompressed = point.encode(curve);
    if (encoded.length == 1 + curve.bytes()) {
      return encoded[0] == (point.y().testBit(0) ? 3 : 2)
          && Arrays.equals(encoded, 1, encoded.length, uncompressed, 1, encoded.length);
    }
    return Arrays.equals(encoded, uncompressed);
  }
}
