package io.pagestream.analyzers.publickey;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * A point of a curve in affine coordinates.
 *
 * @param x its x coordinate
 * @param y its y coordinate
 */
public record EcPoint(BigInteger x, BigInteger y) {
  /**
   * Decodes a point (SEC 1, section 2.3.4), uncompressed only, and checks that it is on the curve.
   *
   * @return null if it is not a point of the curve
   */
  public static @Nullable EcPoint decode(EcCurve curve, byte[] encoded) {
    int bytes = curve.bytes();
    if (encoded.length != 1 + 2 * bytes || encoded[0] != 4) {
      return null;
    }
    EcPoint point =
        new EcPoint(
            new BigInteger(1, encoded, 1, bytes), new BigInteger(1, encoded, 1 + bytes, bytes));
    return curve.contains(point.x, point.y) ? point : null;
  }

  /** The uncompressed encoding (SEC 1, section 2.3.3). */
  public byte[] encode(EcCurve curve) {
    byte[] encoded = new byte[1 + 2 * curve.bytes()];
    encoded[0] = 4;
    put(x, encoded, 1 + curve.bytes());
    put(y, encoded, encoded.length);
    return encoded;
  }

  private static void put(BigInteger number, byte[] into, int end) {
    byte[] bytes = number.toByteArray();
    int length = bytes[0] == 0 && bytes.length > 1 ? bytes.length - 1 : bytes.length;
    System.arraycopy(bytes, bytes.length - length, into, end - length, length);
  }
}
