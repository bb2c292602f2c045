package io.pagestream.schemas.lz;

import java.util.Arrays;

/**
 * LZ77 with Huffman codes of the Xpress algorithm (MS-XCA, 2.2): blocks of 64 KiB of content, each
 * with 512 code lengths of four bits, then codes in u16 words, highest bit first, among which stand
 * the bytes of long lengths. Symbols from 256 on are matches: four bits of length, four of the
 * number of bits of the distance.
 */
public final class XpressHuffman {
  private static final int SYMBOLS = 512;
  private static final int TABLE_BYTES = SYMBOLS / 2;
  private static final int CODE_BITS = 15;
  private static final int BLOCK = 64 * 1024;
  private static final int MIN_MATCH = 3;
  private static final int MORE = 15;

  /** The decoder reads up to two words ahead of the end. */
  private static final int READ_AHEAD = 4;

  /** Symbol and length of the code with which the next 15 bits begin. */
  private final short[] table = new short[1 << CODE_BITS];

  private final byte[] lengths = new byte[SYMBOLS];
  private int at;
  private int bits;
  private int extra;

  /**
   * Decodes content of a known size.
   *
   * @param size number of bytes after which the content ends
   */
  public Outcome decode(EncodedBytes in, int from, long size, DecodedBytes out) {
    at = from;
    while (out.length() < size) {
      if (!in.has(at, TABLE_BYTES)) {
        return Outcome.CUT;
      }
      in.spend(table.length);
      if (!buildTable(in)) {
        return Outcome.NOT;
      }
      bits = word(in) << 16 | word(in);
      extra = 16;
      Outcome outcome = block(in, Math.min(size, out.length() + (long) BLOCK), out);
      if (outcome != Outcome.WHOLE) {
        return outcome;
      }
    }
    return out.length() == size ? Outcome.WHOLE : Outcome.NOT;
  }

  private Outcome block(EncodedBytes in, long end, DecodedBytes out) {
    while (out.length() < end) {
      if (at > in.size() + READ_AHEAD) {
        return Outcome.CUT;
      }
      int entry = table[bits >>> (32 - CODE_BITS)] & 0xffff;
      int symbol = entry & (SYMBOLS - 1);
      skip(in, lengths[symbol]);
      if (symbol < 256) {
        if (!out.put(symbol)) {
          return Outcome.CUT;
        }
      } else {
        long length = length(in, symbol & 15);
        int distanceBits = (symbol - 256) >> 4;
        int distance = 1 << distanceBits;
        if (distanceBits > 0) {
          distance |= bits >>> (32 - distanceBits);
        }
        skip(in, distanceBits);
        if (length < 0 || distance > out.length()) {
          return at > in.size() ? Outcome.CUT : Outcome.NOT;
        }
        if (!out.repeat(distance, (int) Math.min(length, Integer.MAX_VALUE))) {
          return Outcome.CUT;
        }
      }
    }
    return Outcome.WHOLE;
  }

  private long length(EncodedBytes in, int first) {
    long length = first;
    if (length == MORE) {
      length = in.has(at, 1) ? in.u8(at) : 0;
      at++;
      if (length == 255) {
        length = word(in);
        if (length == 0) {
          length = word(in) | (long) word(in) << 16;
        }
        if (length < MORE) {
          return -1;
        }
        length -= MORE;
      }
      length += MORE;
    }
    return length + MIN_MATCH;
  }

  private void skip(EncodedBytes in, int count) {
    bits <<= count;
    extra -= count;
    if (extra < 0) {
      bits |= word(in) << -extra;
      extra += 16;
    }
  }

  /** The next word; zero beyond the visible bytes. */
  private int word(EncodedBytes in) {
    int word = in.has(at, 2) ? in.u16(at) : 0;
    at += 2;
    return word;
  }

  /** Builds the table of canonical codes; returns false if they are not complete. */
  private boolean buildTable(EncodedBytes in) {
    for (int i = 0; i < TABLE_BYTES; i++) {
      lengths[2 * i] = (byte) (in.u8(at + i) & 15);
      lengths[2 * i + 1] = (byte) (in.u8(at + i) >> 4);
    }
    at += TABLE_BYTES;
    int next = 0;
    for (int length = 1; length <= CODE_BITS; length++) {
      int entries = 1 << (CODE_BITS - length);
      for (int symbol = 0; symbol < SYMBOLS; symbol++) {
        if (lengths[symbol] == length) {
          if (next + entries > table.length) {
            return false;
          }
          Arrays.fill(table, next, next + entries, (short) symbol);
          next += entries;
        }
      }
    }
    return next == table.length;
  }
}
