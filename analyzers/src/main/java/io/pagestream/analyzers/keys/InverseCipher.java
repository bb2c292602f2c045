package io.pagestream.analyzers.keys;

/**
 * Converts between a schedule and that of the equivalent inverse cipher: FIPS 197, section 5.3.5.
 */
final class InverseCipher {
  private static final int ROUND_WORDS = 4;
  private static final int HIGH_BITS = 0x80808080;

  private InverseCipher() {}

  /** Writes the schedule for encryption that corresponds to a schedule for decryption. */
  static void toEncryption(AesSize size, int[] decryption, int[] encryption) {
    int last = size.scheduleWords - ROUND_WORDS;
    for (int i = 0; i <= last; i += ROUND_WORDS) {
      for (int j = 0; j < ROUND_WORDS; j++) {
        int word = decryption[last - i + j];
        encryption[i + j] = i == 0 || i == last ? word : mixColumn(word);
      }
    }
  }

  /**
   * Number of bits in which a schedule for decryption differs from that derived from one for
   * encryption.
   */
  static int differing(AesSize size, int[] encryption, int[] decryption) {
    int last = size.scheduleWords - ROUND_WORDS;
    int differing = 0;
    for (int i = 0; i <= last; i += ROUND_WORDS) {
      for (int j = 0; j < ROUND_WORDS; j++) {
        int word = encryption[i + j];
        int expected = i == 0 || i == last ? word : inverseMixColumn(word);
        differing += Integer.bitCount(expected ^ decryption[last - i + j]);
      }
    }
    return differing;
  }

  /** MixColumns of one column, its first byte the highest: {02} b0 + {03} b1 + b2 + b3, … */
  static int mixColumn(int word) {
    int next = Integer.rotateLeft(word, 8);
    return doubled(word ^ next)
        ^ next
        ^ Integer.rotateLeft(word, 16)
        ^ Integer.rotateLeft(word, 24);
  }

  /** MixColumns has the order four: three times it is its own inverse. */
  static int inverseMixColumn(int word) {
    return mixColumn(mixColumn(mixColumn(word)));
  }

  /** Each byte multiplied by x modulo x^8 + x^4 + x^3 + x + 1. */
  private static int doubled(int word) {
    int high = word & HIGH_BITS;
    return (word ^ high) << 1 ^ (high >>> 7) * 0x1b;
  }
}
