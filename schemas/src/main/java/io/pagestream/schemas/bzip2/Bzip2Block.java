package io.pagestream.schemas.bzip2;

import io.pagestream.schemas.lz.Outcome;
import java.util.Arrays;

/**
 * Decodes blocks of bzip2: Huffman codes, move to front, the sorting of rotations (Burrows and
 * Wheeler), and runs of four equal bytes, which a byte with the number of further ones follows. A
 * block can only be decoded as a whole, and only its CRC-32 shows that it is valid.
 *
 * @param <E> the exception of the source
 */
public final class Bzip2Block<E extends Exception> {
  /** The 48 bits with which a block begins: the digits of pi. */
  public static final long BEGIN = 0x3141_5926_5359L;

  /** The 48 bits with which a stream ends: the digits of the square root of pi. */
  public static final long END = 0x1772_4538_5090L;

  /** The digit in a stream's header gives the size of its blocks in this unit, in bytes. */
  public static final int SIZE_UNIT = 100_000;

  private static final int GROUP = 50;
  private static final int MAX_SELECTORS = 18_002;
  private static final int FIRST_BYTES = 16 * 1024;
  private static final int POLYNOMIAL = 0x04c1_1db7;
  private static final int RUN = 4;
  private static final int[] CRC_TABLE = crcTable();

  private final BlockBits<E> bits;
  private final BlockCodes[] codes = new BlockCodes[6];
  private final byte[] selectors = new byte[MAX_SELECTORS];
  private final int[] alphabet = new int[256];
  private final int[] recent = new int[6];
  private int[] block = new int[FIRST_BYTES];
  private int length;
  private int origin;
  private int crc;

  /** A decoder for one thread. */
  public Bzip2Block(BlockBits<E> bits) {
    this.bits = bits;
    Arrays.setAll(codes, i -> new BlockCodes());
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
   * @return {@link Outcome#CUT} if the source ended before the block
   */
  public Outcome read(int max) throws E {
    length = 0;
    boolean randomized = bits.bit() == 1;
    origin = (int) bits.bits(24);
    int used = readAlphabet();
    int tables = (int) bits.bits(3);
    int selectorCount = (int) bits.bits(15);
    if (randomized || used == 0 || tables < 2 || tables > 6 || selectorCount == 0) {
      return Outcome.NOT;
    }
    if (!readSelectors(tables, selectorCount)) {
      return Outcome.NOT;
    }
    for (int i = 0; i < tables; i++) {
      if (!codes[i].read(bits, used + 2)) {
        return bits.ended() ? Outcome.CUT : Outcome.NOT;
      }
    }
    return readSymbols(max, used, Math.min(selectorCount, MAX_SELECTORS));
  }

  private int readAlphabet() throws E {
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

  private boolean readSelectors(int tables, int selectorCount) throws E {
    for (int i = 0; i < tables; i++) {
      recent[i] = i;
    }
    for (int i = 0; i < selectorCount; i++) {
      int index = 0;
      while (bits.bit() == 1) {
        if (++index >= tables || bits.ended()) {
          return false;
        }
      }
      int table = toFront(recent, index);
      if (i < MAX_SELECTORS) {
        selectors[i] = (byte) table;
      }
    }
    return true;
  }

  private Outcome readSymbols(int max, int used, int selectorCount) throws E {
    int endOfBlock = used + 1;
    int run = 0;
    int weight = 1;
    for (int group = 0; group < selectorCount; group++) {
      BlockCodes table = codes[selectors[group]];
      for (int i = 0; i < GROUP; i++) {
        int symbol = table.next(bits);
        if (symbol < 0 || bits.ended()) {
          return bits.ended() ? Outcome.CUT : Outcome.NOT;
        }
        if (symbol <= 1) { // digits of a run's length, in bijective base 2
          if (weight > max) {
            return Outcome.NOT;
          }
          run += weight << symbol;
          weight <<= 1;
          continue;
        }
        if (run > 0 && !append(alphabet[0], run, max)) {
          return Outcome.NOT;
        }
        run = 0;
        weight = 1;
        if (symbol == endOfBlock) {
          return origin < length ? Outcome.WHOLE : Outcome.NOT;
        }
        if (!append(toFront(alphabet, symbol - 1), 1, max)) {
          return Outcome.NOT;
        }
      }
    }
    return Outcome.NOT;
  }

  private boolean append(int value, int times, int max) {
    if (times > max - length) {
      return false;
    }
    if (length + times > block.length) {
      block = Arrays.copyOf(block, Math.min(max, Math.max(length + times, block.length * 2)));
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

  /** Bytes of the block that was read, before runs are expanded. */
  public int length() {
    return length;
  }

  /**
   * Passes the content of the block that was read to a sink, once, as far as there is room.
   *
   * @return whether all of it fits; only then its {@link #crc()} is known
   */
  public boolean write(ByteSink sink) {
    sortRows();
    crc = -1;
    int row = block[origin] >>> 8;
    int previous = -1;
    int equal = 0;
    for (int i = 0; i < length; i++) {
      int value = block[row] & 0xff;
      row = block[row] >>> 8;
      if (equal == RUN) {
        for (int n = 0; n < value; n++) {
          if (!put(previous, sink)) {
            return false;
          }
        }
        equal = 0;
        previous = -1;
      } else {
        equal = value == previous ? equal + 1 : 1;
        previous = value;
        if (!put(value, sink)) {
          return false;
        }
      }
    }
    crc = ~crc;
    return true;
  }

  /** Puts the row that follows each row in the original text into the upper 24 bits of each. */
  private void sortRows() {
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
  }

  private boolean put(int value, ByteSink sink) {
    crc = crc << 8 ^ CRC_TABLE[crc >>> 24 ^ value];
    return sink.put(value);
  }

  /** CRC-32 of the content that was written, highest bit first. */
  public int crc() {
    return crc;
  }
}
