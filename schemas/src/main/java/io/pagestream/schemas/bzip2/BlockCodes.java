package io.pagestream.schemas.bzip2;

import java.util.Arrays;

/** One table of canonical Huffman codes of a block. */
final class BlockCodes {
  private static final int MAX_SYMBOLS = 258;
  private static final int MAX_LENGTH = 20;

  /** Codes of up to this many bits are looked up at once. */
  private static final int SHORT_BITS = 10;

  private final int[] lengths = new int[MAX_SYMBOLS];
  private final int[] symbols = new int[MAX_SYMBOLS];
  private final int[] firstSymbol = new int[MAX_LENGTH + 2];
  private final int[] firstCode = new int[MAX_LENGTH + 2];
  private final int[] next = new int[MAX_LENGTH + 2];
  private final int[] count = new int[MAX_LENGTH + 2];

  /** Length of the code in the lower 5 bits, and its symbol above them; 0 for longer codes. */
  private final int[] shortCodes = new int[1 << SHORT_BITS];

  /** Reads the lengths, each as the difference to the previous one; false if they are invalid. */
  <E extends Exception> boolean read(BlockBits<E> bits, int symbolCount) throws E {
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
    Arrays.fill(shortCodes, 0);
    for (int i = 0; i < symbolCount; i++) {
      count[lengths[i]]++;
    }
    int at = 0;
    int code = 0;
    for (int size = 1; size <= MAX_LENGTH; size++) {
      firstSymbol[size] = at;
      next[size] = at;
      firstCode[size] = code;
      if (code + count[size] > 1 << size) {
        return false;
      }
      at += count[size];
      code = (code + count[size]) << 1;
    }
    for (int i = 0; i < symbolCount; i++) {
      int size = lengths[i];
      int index = next[size]++;
      symbols[index] = i;
      if (size <= SHORT_BITS) {
        int first = (firstCode[size] + index - firstSymbol[size]) << (SHORT_BITS - size);
        Arrays.fill(shortCodes, first, first + (1 << (SHORT_BITS - size)), (i << 5) | size);
      }
    }
    return true;
  }

  /** The next symbol; -1 if no code matches. */
  <E extends Exception> int next(BlockBits<E> bits) throws E {
    int ahead = bits.peek(MAX_LENGTH);
    int known = shortCodes[ahead >>> (MAX_LENGTH - SHORT_BITS)];
    if (known != 0) {
      bits.take(known & 31);
      return known >>> 5;
    }
    for (int size = SHORT_BITS + 1; size <= MAX_LENGTH; size++) {
      int index = (ahead >>> (MAX_LENGTH - size)) - firstCode[size];
      if (index >= 0 && index < count[size]) {
        bits.take(size);
        return symbols[firstSymbol[size] + index];
      }
    }
    bits.take(MAX_LENGTH); // a code that the end of the stream has cut matches none either
    return -1;
  }
}
