package io.pagestream.analyzers.identity;

/** The checksum of OpenPGP's armor (RFC 9580, section 6.1.1). */
final class Crc24 {
  private static final int INITIAL = 0xb704ce;
  private static final int POLYNOMIAL = 0x1864cfb;

  private Crc24() {}

  static int of(byte[] bytes) {
    int crc = INITIAL;
    for (byte b : bytes) {
      crc ^= (b & 0xff) << 16;
      for (int i = 0; i < 8; i++) {
        crc <<= 1;
        if ((crc & 0x1000000) != 0) {
          crc ^= POLYNOMIAL;
        }
      }
    }
    return crc;
  }
}
