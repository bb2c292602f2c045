package io.pagestream.analyzers.network;

import java.util.Arrays;

/**
 * Sums of 16-bit words for the Internet checksum (RFC 1071). The sums of blocks are kept while one
 * window is analyzed, so that packets that overlap many times cost little each.
 */
final class InternetChecksum {
  private static final int BLOCK_SHIFT = 7;
  private static final int BLOCK_BYTES = 1 << BLOCK_SHIFT;

  private final NetworkBytes bytes;
  private int[] blocks = new int[0];

  InternetChecksum(NetworkBytes bytes) {
    this.bytes = bytes;
  }

  /** Forgets the sums of the previous window. */
  void restart() {
    int count = (bytes.limit() >>> BLOCK_SHIFT) + 1;
    if (blocks.length < count) {
      blocks = new int[count];
    }
    Arrays.fill(blocks, 0, count, -1);
  }

  /** The folded sum of the words from {@code from} on; a last odd byte is padded with zero. */
  int sum(int from, int to) {
    long sum = 0;
    int at = from;
    if ((at & 1) != 0 && at < to) {
      sum += bytes.u8(at);
      at++;
    }
    while (to - at >= 2) {
      if ((at & (BLOCK_BYTES - 1)) == 0 && to - at >= BLOCK_BYTES) {
        sum += block(at >>> BLOCK_SHIFT);
        at += BLOCK_BYTES;
      } else {
        sum += bytes.u16(at);
        at += 2;
      }
    }
    if (at < to) {
      sum += bytes.u8(at) << 8;
    }
    int folded = fold(sum);
    // Words at odd offsets are those at even offsets with their bytes swapped, and so is their sum
    // (RFC 1071, section 2 (B)).
    return (from & 1) == 0 ? folded : ((folded << 8) | (folded >>> 8)) & 0xffff;
  }

  private int block(int index) {
    int known = blocks[index];
    if (known >= 0) {
      return known;
    }
    int sum = 0;
    int from = index << BLOCK_SHIFT;
    for (int at = from; at < from + BLOCK_BYTES; at += 2) {
      sum += bytes.u16(at);
    }
    blocks[index] = sum;
    return sum;
  }

  /** A sum in 16 bits, with the carries added (end-around). */
  static int fold(long sum) {
    long folded = sum;
    while (folded > 0xffff) {
      folded = (folded & 0xffff) + (folded >>> 16);
    }
    return (int) folded;
  }
}
