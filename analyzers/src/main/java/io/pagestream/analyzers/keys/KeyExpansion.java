package io.pagestream.analyzers.keys;

/** The AES key expansion (FIPS 197, section 5.2), forwards and backwards. */
final class KeyExpansion {
  private static final int[] S_BOX = sBox();
  private static final int[] ROUND_CONSTANTS = roundConstants();

  private KeyExpansion() {}

  /** The required value of W[i] ^ W[i - keyWords], given W[i - 1]. */
  static int step(AesSize size, int i, int previous) {
    if (i % size.keyWords == 0) {
      return substitute(Integer.rotateLeft(previous, 8)) ^ ROUND_CONSTANTS[i / size.keyWords];
    }
    return size.isPlain(i) ? previous : substitute(previous);
  }

  /**
   * Expands a schedule from any {@code keyWords} consecutive words of it, in both directions, and
   * counts the bits in which it differs from memory. Stops as soon as there are too many.
   *
   * @param words the schedule; words from {@code known} on are given, all others are written
   * @param seen the words in memory
   * @param limit maximum number of differing bits
   * @return number of differing bits, or a number above {@code limit}
   */
  static int expand(AesSize size, int[] words, int known, int[] seen, int limit) {
    int keyWords = size.keyWords;
    int differing = 0;
    for (int i = known; i < known + keyWords; i++) {
      differing += Integer.bitCount(words[i] ^ seen[i]);
    }
    for (int i = known + keyWords; i < size.scheduleWords && differing <= limit; i++) {
      words[i] = words[i - keyWords] ^ step(size, i, words[i - 1]);
      differing += Integer.bitCount(words[i] ^ seen[i]);
    }
    for (int i = known - 1; i >= 0 && differing <= limit; i--) {
      words[i] = words[i + keyWords] ^ step(size, i + keyWords, words[i + keyWords - 1]);
      differing += Integer.bitCount(words[i] ^ seen[i]);
    }
    return differing;
  }

  private static int substitute(int word) {
    return S_BOX[word >>> 24] << 24
        | S_BOX[word >>> 16 & 0xff] << 16
        | S_BOX[word >>> 8 & 0xff] << 8
        | S_BOX[word & 0xff];
  }

  /** FIPS 197, section 5.1.1: the inverse in GF(2^8), then an affine map. */
  private static int[] sBox() {
    int[] powers = new int[255];
    powers[0] = 1;
    for (int i = 1; i < powers.length; i++) {
      powers[i] = powers[i - 1] ^ doubled(powers[i - 1]);
    }
    int[] box = new int[256];
    box[0] = 0x63;
    for (int i = 0; i < powers.length; i++) {
      int inverse = powers[(255 - i) % 255];
      int twice = inverse * 0x0101;
      int mapped = inverse ^ twice >>> 7 ^ twice >>> 6 ^ twice >>> 5 ^ twice >>> 4 ^ 0x63;
      box[powers[i]] = mapped & 0xff;
    }
    return box;
  }

  /** Multiplied by x modulo x^8 + x^4 + x^3 + x + 1. */
  private static int doubled(int element) {
    return (element << 1 ^ (element >>> 7) * 0x11b) & 0xff;
  }

  /** Rcon[i] = x^(i-1) in the first byte; index 0 is not used. */
  private static int[] roundConstants() {
    int[] constants = new int[11];
    int power = 1;
    for (int i = 1; i < constants.length; i++) {
      constants[i] = power << 24;
      power = doubled(power);
    }
    return constants;
  }
}
