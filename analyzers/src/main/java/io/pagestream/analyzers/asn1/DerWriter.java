package io.pagestream.analyzers.asn1;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;

/** Encodes elements in the Distinguished Encoding Rules. */
public final class DerWriter {
  private DerWriter() {}

  /**
   * An element.
   *
   * @param tag its identifier octet
   * @param parts its contents
   */
  public static byte[] element(int tag, byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(length + 4);
    out.write(tag);
    if (length >= 0x80) {
      int bytes = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / 8;
      out.write(0x80 | bytes);
      for (int i = bytes - 1; i >= 0; i--) {
        out.write(length >>> (8 * i));
      }
    } else {
      out.write(length);
    }
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  /** An INTEGER. */
  public static byte[] integer(BigInteger number) {
    return element(DerElement.INTEGER, number.toByteArray());
  }

  /** A BIT STRING of whole bytes. */
  public static byte[] bitString(byte[] bytes) {
    return element(DerElement.BIT_STRING, new byte[] {0}, bytes);
  }
}
