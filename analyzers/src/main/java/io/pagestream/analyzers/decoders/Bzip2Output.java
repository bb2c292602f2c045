package io.pagestream.analyzers.decoders;

import io.pagestream.schemas.lz.DecodedBytes;

/**
 * The last steps of decoding a bzip2 block: undoing the sorting of rotations (Burrows and Wheeler),
 * and expanding runs of four equal bytes, which a byte with the number of further ones follows.
 */
final class Bzip2Output {
  private static final int POLYNOMIAL = 0x04c1_1db7;
  private static final int RUN = 4;
  private static final int[] CRC_TABLE = crcTable();

  private int crc;

  private static int[] crcTable() {
    int[] table = new int[256];
    for (int i = 0; i < table.length; i++) {
      int value = i << 24;
      for (int bit = 0; bit < 8; bit++) {
        value = value < 0 ? value << 1 ^ POLYNOMIAL : value << 1;
      }
      table[i] = value;
    }
    return table;
  }

  /**
   * Writes the content of a block, as far as there is room.
   *
   * @param block the last column, one byte in each number; overwritten
   * @param origin the row of the original text
   * @return whether all of it fits
   */
  boolean write(int[] block, int length, int origin, DecodedBytes out) {
    int[] next = new int[256];
    for (int i = 0; i < length; i++) {
      next[block[i]]++;
    }
    int sum = 0;
    for (int value = 0; value < next.length; value++) {
      int count = next[value];
      next[value] = sum;
      sum += count;
    }
    for (int i = 0; i < length; i++) {
      block[next[block[i] & 0xff]++] |= i << 8;
    }
    crc = -1;
    int row = block[origin] >>> 8;
    int previous = -1;
    int equal = 0;
    for (int i = 0; i < length; i++) {
      int value = block[row] & 0xff;
      row = block[row] >>> 8;
      if (equal == RUN) {
        for (int n = 0; n < value; n++) {
          if (!put(previous, out)) {
            return false;
          }
        }
        equal = 0;
        previous = -1;
      } else {
        equal = value == previous ? equal + 1 : 1;
        previous = value;
        if (!put(value, out)) {
          return false;
        }
      }
    }
    crc = ~crc;
    return true;
  }

  private boolean put(int value, DecodedBytes out) {
    crc = crc << 8 ^ CRC_TABLE[crc >>> 24 ^ value];
    return out.put(value);
  }

  /** CRC-32 of the block's content, highest bit first. */
  int crc() {
    return crc;
  }
}
