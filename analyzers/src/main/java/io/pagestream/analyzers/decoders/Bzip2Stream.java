package io.pagestream.analyzers.decoders;

import io.pagestream.schemas.lz.DecodedBytes;
import io.pagestream.schemas.lz.EncodedBytes;
import io.pagestream.schemas.lz.Outcome;
import java.util.Arrays;

/**
 * bzip2: "BZh", the block size in 100,000 bytes as a digit, then blocks that begin with 31 41 59 26
 * 53 59 (pi) and have a CRC-32 each, then 17 72 45 38 50 90 (its square root). The reference is the
 * documented format of bzip2 1.0. A block can be decoded only as a whole, and only its CRC-32 shows
 * that it is valid.
 */
final class Bzip2Stream implements StreamDecoder {
  static final String PATTERN = "BZh[1-9]1AY&SY";
  private static final long BLOCK_HIGH = 0x314159;
  private static final long BLOCK_LOW = 0x265359;
  private static final long END_HIGH = 0x177245;
  private static final int BLOCK_UNIT = 100_000;
  private static final int GROUP = 50;

  /** Cost of the tables of a block. */
  private static final int BLOCK_UNITS = 2048;

  private static final int MAX_SELECTORS = 18_002;
  private static final int FIRST_BYTES = 16 * 1024;

  private final BitReader bits = new BitReader();
  private final Bzip2Codes[] codes = new Bzip2Codes[6];
  private final Bzip2Output output = new Bzip2Output();
  private final byte[] selectors = new byte[MAX_SELECTORS];
  private final int[] alphabet = new int[256];
  private final int[] recent = new int[6];
  private int[] block = new int[FIRST_BYTES];
  private int length;
  private int origin;

  /** Buffers for one thread. */
  Bzip2Stream() {
    Arrays.setAll(codes, i -> new Bzip2Codes());
  }

  @Override
  public Outcome decode(EncodedBytes in, DecodedBytes out) {
    int max = (in.u8(3) - '0') * BLOCK_UNIT;
    bits.open(in, 4);
    while (true) {
      long high = bits.bits(24);
      long low = bits.bits(24);
      if (high != BLOCK_HIGH || low != BLOCK_LOW) {
        boolean end = high == END_HIGH && out.length() > 0;
        return end ? Outcome.WHOLE : bits.ended() && out.length() > 0 ? Outcome.CUT : Outcome.NOT;
      }
      int before = bits.position();
      int crc = (int) bits.bits(32);
      Outcome outcome = readBlock(max);
      in.spend(BLOCK_UNITS + (bits.position() - before) * Byte.SIZE + length * 2);
      if (outcome != Outcome.WHOLE) {
        return outcome == Outcome.CUT && out.length() == 0 ? Outcome.NOT : outcome;
      }
      int first = out.length();
      boolean fits = output.write(block, length, origin, out);
      if (!fits) {
        return Outcome.CUT; // too long to be checked
      }
      if (output.crc() != crc) {
        out.truncate(first);
        return Outcome.NOT;
      }
    }
  }

  /** Reads the symbols of a block: the last column of the sorted rotations. */
  private Outcome readBlock(int max) {
    length = 0;
    boolean randomized = bits.bit() == 1;
    origin = (int) bits.bits(24);
    int used = readAlphabet();
    int tables = (int) bits.bits(3);
    int selectorCount = (int) bits.bits(15);
    if (randomized || used == 0 || tables < 2 || tables > 6 || selectorCount == 0) {
      return Outcome.NOT;
    }
    for (int i = 0; i < tables; i++) {
      recent[i] = i;
    }
    for (int i = 0; i < selectorCount; i++) {
      int index = 0;
      while (bits.bit() == 1) {
        if (++index >= tables || bits.ended()) {
          return Outcome.NOT;
        }
      }
      int table = toFront(recent, index);
      if (i < MAX_SELECTORS) {
        selectors[i] = (byte) table;
      }
    }
    for (int i = 0; i < tables; i++) {
      if (!codes[i].read(bits, used + 2)) {
        return bits.ended() ? Outcome.CUT : Outcome.NOT;
      }
    }
    return readSymbols(max, used, Math.min(selectorCount, MAX_SELECTORS));
  }

  private int readAlphabet() {
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

  private Outcome readSymbols(int max, int used, int selectorCount) {
    int endOfBlock = used + 1;
    int run = 0;
    int weight = 1;
    for (int group = 0; group < selectorCount; group++) {
      Bzip2Codes table = codes[selectors[group]];
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
}
