package io.pagestream.analyzers.decoders;

import java.util.Arrays;

/** One table of canonical Huffman codes of a bzip2 block. */
final class Bzip2Codes {
  static final int MAX_SYMBOLS = 258;
  private static final int MAX_LENGTH = 20;

  private final int[] lengths = new int[MAX_SYMBOLS];
  private final int[] symbols = new int[MAX_SYMBOLS];
  private final int[] first = new int[MAX_LENGTH + 2];
  private final int[] next = new int[MAX_LENGTH + 2];
  private final int[] count = new int[MAX_LENGTH + 2];

  /** Reads the lengths, each as the difference to the previous one; false if they are invalid. */
  boolean read(BitReader bits, int symbolCount) {
    int length = (int) bits.bits(5);
    for (int i = 0; i < symbolCount; i++) {
      while (true) {
        if (length < 1 || length > MAX_LENGTH || bits.ended()) {
          return false;
        }
        if (bits.bit() == 0) {
          break;
        }
        length += bits.bit() == 0 ? 1 : -1;
      }
      lengths[i] = length;
    }
    return assign(symbolCount);
  }

  private boolean assign(int symbolCount) {
    Arrays.fill(count, 0);
    for (int i = 0; i < symbolCount; i++) {
      count[lengths[i]]++;
    }
    int at = 0;
    int code = 0;
    for (int size = 1; size <= MAX_LENGTH; size++) {
      first[size] = at;
      next[size] = at;
      at += count[size];
      code = (code << 1) + count[size];
      if (code > 1 << size) {
        return false;
      }
    }
    for (int i = 0; i < symbolCount; i++) {
      symbols[next[lengths[i]]++] = i;
    }
    return true;
  }

  /** The next symbol; -1 if no code matches. */
  int next(BitReader bits) {
    int code = 0;
    int base = 0;
    for (int size = 1; size <= MAX_LENGTH; size++) {
      code = code << 1 | bits.bit();
      base <<= 1;
      if (code - base < count[size]) {
        return symbols[first[size] + code - base];
      }
      base += count[size];
    }
    return -1;
  }
}
