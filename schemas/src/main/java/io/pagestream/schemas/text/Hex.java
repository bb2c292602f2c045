package io.pagestream.schemas.text;

/** Numbers displayed in hexadecimal: addresses, offsets, registers. */
public final class Hex {
  private Hex() {}

  /** {@code 0x} and the lower-case digits, without leading zeros; the number is unsigned. */
  public static String of(long number) {
    return "0x" + Long.toHexString(number);
  }
}
