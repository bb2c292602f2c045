package io.pagestream.images.container;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Decodes blocks of bzip2: Huffman codes, move to front, the sorting of rotations, and runs of four
 * equal bytes, which a byte with the number of further ones follows.
 */
final class Bzip2Block {
  private static final int GROUP = 50;
  private static final int MAX_SELECTORS = 18_002;
  private static final int POLYNOMIAL = 0x04c1_1db7;
  private static final int RUN = 4;
  private static final int[] CRC_TABLE = crcTable();

  private final BitInput bits;
  private final Bzip2Codes[] codes = new Bzip2Codes[6];
  private final byte[] selectors = new byte[MAX_SELECTORS];
  private final int[] alphabet = new int[256];
  private final int[] recent = new int[6];
  private final ByteBuffer plain = ByteBuffer.allocate(1 << 16);
  private int[] block = new int[0];
  private int length;
  private int origin;
  private int crc;

  Bzip2Block(BitInput bits) {
    this.bits = bits;
    Arrays.setAll(codes, i -> new Bzip2Codes());
  }

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
   * Reads a block, from after its checksum on.
   *
   * @param max largest number of bytes before runs are expanded
   * @return false if it is invalid
   * @throws java.io.EOFException at the end of the file
   */
  boolean read(int max) throws IOException {
    if (block.length < max) {
      block = new int[max];
    }
    length = 0;
    boolean randomized = bits.bit() == 1;
    origin = (int) bits.bits(24);
    int used = readAlphabet();
    int tables = (int) bits.bits(3);
    int selectorCount = (int) bits.bits(15);
    if (randomized || used == 0 || tables < 2 || tables > 6 || selectorCount == 0) {
      return false;
    }
    for (int i = 0; i < tables; i++) {
      recent[i] = i;
    }
    for (int i = 0; i < selectorCount; i++) {
      int index = 0;
      while (bits.bit() == 1) {
        if (++index >= tables) {
          return false;
        }
      }
      int table = toFront(recent, index);
      if (i < MAX_SELECTORS) {
        selectors[i] = (byte) table;
      }
    }
    for (int i = 0; i < tables; i++) {
      if (!codes[i].read(bits, used + 2)) {
        return false;
      }
    }
    return readSymbols(max, used, Math.min(selectorCount, MAX_SELECTORS));
  }

  private int readAlphabet() throws IOException {
    int groups = (int) bits.bits(16);
    int used = 0;
    for (int group = 0; group < 16; group++) {
      if ((groups >> (15 - group) & 1) == 1) {
        int members = (int) bits.bits(16);
        for (int i = 0; i < 16; i++) {
          if ((members >> (15 - i) & 1) == 1) {
            alphabet[used++] = group * 16 + i;
          }
        }
      }
    }
    return used;
  }

  private boolean readSymbols(int max, int used, int selectorCount) throws IOException {
    int endOfBlock = used + 1;
    int run = 0;
    int weight = 1;
    for (int group = 0; group < selectorCount; group++) {
      Bzip2Codes table = codes[selectors[group]];
      for (int i = 0; i < GROUP; i++) {
        int symbol = table.next(bits);
        if (symbol < 0) {
          return false;
        }
        if (symbol <= 1) { // digits of a run's length, in bijective base 2
          if (weight > max) {
            return false;
          }
          run += weight << symbol;
          weight <<= 1;
          continue;
        }
        if (run > 0 && !append(alphabet[0], run, max)) {
          return false;
        }
        run = 0;
        weight = 1;
        if (symbol == endOfBlock) {
          return origin < length;
        }
        if (!append(toFront(alphabet, symbol - 1), 1, max)) {
          return false;
        }
      }
    }
    return false;
  }

  private boolean append(int value, int times, int max) {
    if (times > max - length) {
      return false;
    }
    Arrays.fill(block, length, length + times, value);
    length += times;
    return true;
  }

  private static int toFront(int[] list, int index) {
    int value = list[index];
    System.arraycopy(list, 0, list, 1, index);
    list[0] = value;
    return value;
  }

  /** Appends the content of the block that was read to a sink, once; returns its CRC-32. */
  int write(PlainSink sink) {
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
    plain.clear();
    int row = block[origin] >>> 8;
    int previous = -1;
    int equal = 0;
    for (int i = 0; i < length; i++) {
      int value = block[row] & 0xff;
      row = block[row] >>> 8;
      if (equal == RUN) {
        for (int n = 0; n < value; n++) {
          put(previous, sink);
        }
        equal = 0;
        previous = -1;
      } else {
        equal = value == previous ? equal + 1 : 1;
        previous = value;
        put(value, sink);
      }
    }
    flush(sink);
    return ~crc;
  }

  private void put(int value, PlainSink sink) {
    crc = crc << 8 ^ CRC_TABLE[crc >>> 24 ^ value];
    plain.put((byte) value);
    if (!plain.hasRemaining()) {
      flush(sink);
    }
  }

  private void flush(PlainSink sink) {
    sink.append(plain.flip());
    plain.clear();
  }
}
