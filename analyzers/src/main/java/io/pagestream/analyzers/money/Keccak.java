package io.pagestream.analyzers.money;

/**
 * Keccak-256 with the padding of its submission, which Ethereum uses: SHA-3 of the JDK pads
 * differently. The Keccak reference, version 3.0.
 */
final class Keccak {
  private static final int RATE_BYTES = 136;
  private static final int ROUNDS = 24;
  private static final int[] ROTATIONS = {
    1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44
  };
  private static final int[] LANES = {
    10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1
  };

  private Keccak() {}

  /** The hash of less than 136 bytes: one block. */
  static byte[] hash(byte[] message) {
    if (message.length >= RATE_BYTES) {
      throw new IllegalArgumentException(message.length + " bytes");
    }
    long[] state = new long[25];
    for (int i = 0; i < message.length; i++) {
      state[i / 8] ^= (message[i] & 0xFFL) << (8 * (i % 8));
    }
    state[message.length / 8] ^= 1L << (8 * (message.length % 8));
    state[RATE_BYTES / 8 - 1] ^= 1L << 63;
    permute(state);
    byte[] hash = new byte[32];
    for (int i = 0; i < hash.length; i++) {
      hash[i] = (byte) (state[i / 8] >>> (8 * (i % 8)));
    }
    return hash;
  }

  private static void permute(long[] state) {
    long[] column = new long[5];
    int lfsr = 1;
    for (int round = 0; round < ROUNDS; round++) {
      // Theta.
      for (int x = 0; x < 5; x++) {
        column[x] = state[x] ^ state[x + 5] ^ state[x + 10] ^ state[x + 15] ^ state[x + 20];
      }
      for (int x = 0; x < 5; x++) {
        long mixed = column[(x + 4) % 5] ^ Long.rotateLeft(column[(x + 1) % 5], 1);
        for (int y = 0; y < 25; y += 5) {
          state[y + x] ^= mixed;
        }
      }
      // Rho and pi.
      long moved = state[1];
      for (int i = 0; i < LANES.length; i++) {
        long next = state[LANES[i]];
        state[LANES[i]] = Long.rotateLeft(moved, ROTATIONS[i]);
        moved = next;
      }
      // Chi.
      for (int y = 0; y < 25; y += 5) {
        System.arraycopy(state, y, column, 0, 5);
        for (int x = 0; x < 5; x++) {
          state[y + x] = column[x] ^ (~column[(x + 1) % 5] & column[(x + 2) % 5]);
        }
      }
      // Iota: the constants are bits of a linear feedback shift register.
      for (int j = 0; j < 7; j++) {
        if ((lfsr & 1) != 0) {
          state[0] ^= 1L << ((1 << j) - 1);
        }
        lfsr = lfsr << 1 ^ ((lfsr >> 7 & 1) * 0x171);
      }
    }
  }
}
