package io.pagestream.analyzers.publickey;

import java.math.BigInteger;
import java.util.EnumMap;
import java.util.Map;

/**
 * Calculates the public key that belongs to a private key of a named curve. Its time depends on the
 * key, which matters for programs that protect keys, but not here. Confined to one thread.
 */
public final class EcKeys {
  private static final BigInteger THREE = BigInteger.valueOf(3);

  /** For each curve the points 2^i * G, calculated for the first key on it. */
  private final Map<EcCurve, EcPoint[]> doublings = new EnumMap<>(EcCurve.class);

  /**
   * The public key of a private key, {@code privateKey * G}.
   *
   * @param privateKey a number for which {@link EcCurve#isPrivateKey} holds
   */
  public EcPoint publicKey(EcCurve curve, BigInteger privateKey) {
    EcPoint[] powers = doublings.computeIfAbsent(curve, EcKeys::doublings);
    Sum sum = new Sum(curve);
    for (int bit = 0; bit < privateKey.bitLength(); bit++) {
      if (privateKey.testBit(bit)) {
        sum.add(powers[bit]);
      }
    }
    return sum.affine();
  }

  private static EcPoint[] doublings(EcCurve curve) {
    EcPoint[] powers = new EcPoint[curve.n.bitLength()];
    powers[0] = new EcPoint(curve.gx, curve.gy);
    for (int i = 1; i < powers.length; i++) {
      EcPoint half = powers[i - 1];
      BigInteger slope =
          THREE
              .multiply(half.x())
              .multiply(half.x())
              .add(curve.a)
              .multiply(BigInteger.TWO.multiply(half.y()).modInverse(curve.p))
              .mod(curve.p);
      BigInteger x = slope.multiply(slope).subtract(half.x()).subtract(half.x()).mod(curve.p);
      powers[i] =
          new EcPoint(x, slope.multiply(half.x().subtract(x)).subtract(half.y()).mod(curve.p));
    }
    return powers;
  }

  /**
   * A sum of points in Jacobian coordinates, (X / Z^2, Y / Z^3). The summands are different powers
   * of two times G in ascending order, so the sum is never equal to the next summand. It is the
   * negative of the last one at most for a few numbers close to the order of the curve, whose
   * result is not a point.
   */
  private static final class Sum {
    private final BigInteger p;
    private BigInteger x = BigInteger.ONE;
    private BigInteger y = BigInteger.ONE;
    private BigInteger z = BigInteger.ZERO;

    Sum(EcCurve curve) {
      p = curve.p;
    }

    void add(EcPoint point) {
      if (z.signum() == 0) {
        x = point.x();
        y = point.y();
        z = BigInteger.ONE;
        return;
      }
      BigInteger zz = z.multiply(z).mod(p);
      BigInteger h = point.x().multiply(zz).subtract(x).mod(p);
      BigInteger r = point.y().multiply(zz).mod(p).multiply(z).subtract(y).mod(p);
      BigInteger hh = h.multiply(h).mod(p);
      BigInteger hhh = h.multiply(hh).mod(p);
      BigInteger v = x.multiply(hh).mod(p);
      BigInteger nextX = r.multiply(r).subtract(hhh).subtract(v).subtract(v).mod(p);
      y = r.multiply(v.subtract(nextX)).subtract(y.multiply(hhh)).mod(p);
      z = z.multiply(h).mod(p);
      x = nextX;
    }

    EcPoint affine() {
      if (z.signum() == 0) {
        return new EcPoint(BigInteger.ZERO, BigInteger.ZERO);
      }
      BigInteger inverse = z.modInverse(p);
      BigInteger square = inverse.multiply(inverse).mod(p);
      return new EcPoint(
          x.multiply(square).mod(p), y.multiply(square).mod(p).multiply(inverse).mod(p));
    }
  }
}
