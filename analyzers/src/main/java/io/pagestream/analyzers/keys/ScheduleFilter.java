package io.pagestream.analyzers.keys;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Finds possible starts of schedules, at about the speed of memory.
 *
 * <p>In every schedule there are stretches of three plain relations: twelve bytes b with {@code
 * b[x] ^ b[x + 4 * keyWords - 4] ^ b[x + 4 * keyWords] == 0}. Twelve bytes at any alignment contain
 * two adjacent aligned words, so it is enough to test eight bytes at every fourth address, and
 * first the one word in two that is at a multiple of eight. Wrong bits are spread over 8 to 13
 * stretches, and each is visible in at most three relations; with {@code e} wrong bits, at least
 * one stretch therefore has at most {@code 3 * e / stretches} bits set. A stretch that passes
 * represents every position that it may have in a schedule; each resulting start is reported once.
 *
 * <p>Memory with few set bits (zero bytes, small numbers) satisfies plain relations everywhere and
 * is skipped, as are stretches in which one of the three XORed parts has few set bits: each must
 * have {@link #MIN_SET_BITS} of 64 bits set. Words of schedules are practically random after the
 * first rounds for any key, so all but about one in 10^7 satisfy this; in the remaining cases,
 * other stretches find the schedule.
 */
final class ScheduleFilter {
  /** Minimum number of set bits in eight bytes of a schedule. */
  static final int MIN_SET_BITS = 12;

  /** Bytes after the last address that the filter may read. */
  static final int PADDING = 64;

  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Receives a possible start of a schedule. */
  interface Candidates {
    /** A schedule may start at {@code offset}. */
    void mayStartAt(AesSize size, ScheduleUse use, int offset);
  }

  private final Starts starts128;
  private final Starts starts192;
  private final Starts starts256;
  private final InverseStarts inverse128;
  private final InverseStarts inverse192;
  private final InverseStarts inverse256;

  /**
   * @param maxBitErrors wrong bits to tolerate in a schedule
   */
  ScheduleFilter(int maxBitErrors) {
    starts128 = new Starts(AesSize.AES_128, maxBitErrors);
    starts192 = new Starts(AesSize.AES_192, maxBitErrors);
    starts256 = new Starts(AesSize.AES_256, maxBitErrors);
    inverse128 = new InverseStarts(AesSize.AES_128);
    inverse192 = new InverseStarts(AesSize.AES_192);
    inverse256 = new InverseStarts(AesSize.AES_256);
  }

  /**
   * Reports every offset in {@code [0, starts)} at which a schedule may start.
   *
   * @param bytes memory, with {@link #PADDING} bytes after it
   * @param limit bytes of memory; no schedule extends beyond it
   * @param firstAligned offset of the first byte whose physical address is a multiple of four:
   *     results must not depend on the start of the window
   */
  void filter(byte[] bytes, int starts, int limit, int firstAligned, Candidates candidates) {
    starts128.forget(starts, limit);
    starts192.forget(starts, limit);
    starts256.forget(starts, limit);
    inverse128.forget(starts, limit);
    inverse192.forget(starts, limit);
    inverse256.forget(starts, limit);
    int tolerance128 = starts128.tolerance;
    int tolerance192 = starts192.tolerance;
    int tolerance256 = starts256.tolerance;
    long words0 = eightBytes(bytes, firstAligned);
    long words2 = eightBytes(bytes, firstAligned + 8);
    long words4 = eightBytes(bytes, firstAligned + 16);
    long words6 = eightBytes(bytes, firstAligned + 24);
    // One of two adjacent words has an even index: a condition on both also applies to it.
    for (int at = firstAligned; at < limit + 4; at += 8) {
      long words8 = eightBytes(bytes, at + 32);
      int word0 = (int) words0;
      int word3 = high(words2);
      int word5 = high(words4);
      if (Integer.bitCount(word0 ^ word3 ^ (int) words4) <= tolerance128
          || Integer.bitCount(word0 ^ word5 ^ (int) words6) <= tolerance192
          || Integer.bitCount(word0 ^ high(words6) ^ (int) words8) <= tolerance256) {
        test(bytes, at - 4, firstAligned, limit, candidates);
        test(bytes, at, firstAligned, limit, candidates);
      }
      int sum = word0 ^ high(words0);
      if (sum == word5 || sum == word3 || sum == high(words8)) {
        testInverse(bytes, at - 4, firstAligned, limit, candidates);
        testInverse(bytes, at, firstAligned, limit, candidates);
      }
      words0 = words2;
      words2 = words4;
      words4 = words6;
      words6 = words8;
    }
  }

  private void test(byte[] bytes, int at, int from, int limit, Candidates candidates) {
    if (at >= from && at < limit && isDense(eightBytes(bytes, at))) {
      starts128.test(bytes, at, candidates);
      starts192.test(bytes, at, candidates);
      starts256.test(bytes, at, candidates);
    }
  }

  private void testInverse(byte[] bytes, int at, int from, int limit, Candidates candidates) {
    if (at >= from && at < limit && isDense(eightBytes(bytes, at))) {
      inverse128.test(bytes, at, candidates);
      inverse192.test(bytes, at, candidates);
      inverse256.test(bytes, at, candidates);
    }
  }

  private static int high(long words) {
    return (int) (words >>> 32);
  }

  private static long eightBytes(byte[] bytes, int at) {
    return (long) EIGHT_BYTES.get(bytes, at);
  }

  private static boolean isDense(long words) {
    return Long.bitCount(words) >= MIN_SET_BITS;
  }

  /** The starts of one kind that were already reported: each is decoded once for any content. */
  private static class Given {
    final AesSize size;
    private final ScheduleUse use;
    private long[] given = new long[0];
    private int end;

    Given(AesSize size, ScheduleUse use) {
      this.size = size;
      this.use = use;
    }

    void forget(int starts, int limit) {
      end = Math.min(starts, limit - size.scheduleBytes() + 1);
      int length = (starts + 63) / 64;
      if (given.length < length) {
        given = new long[length];
      } else {
        Arrays.fill(given, 0, length, 0);
      }
    }

    /** Reports {@code count} offsets, from {@code first} backwards. */
    void giveOn(int first, int count, Candidates candidates) {
      for (int start = first; start > first - count; start--) {
        if (start >= 0 && start < end && (given[start >>> 6] & 1L << start) == 0) {
          given[start >>> 6] |= 1L << start;
          candidates.mayStartAt(size, use, start);
        }
      }
    }
  }

  private static final class Starts extends Given {
    final int tolerance;

    Starts(AesSize size, int maxBitErrors) {
      super(size, ScheduleUse.ENCRYPTION);
      tolerance = 3 * maxBitErrors / size.stretches;
    }

    /** Tests one size separately, and all three parts for few set bits. */
    void test(byte[] bytes, int at, Candidates candidates) {
      long first = eightBytes(bytes, at);
      long second = eightBytes(bytes, at + 4 * size.keyWords - 4);
      long third = eightBytes(bytes, at + 4 * size.keyWords);
      if (Long.bitCount(first ^ second ^ third) <= tolerance && isDense(second) && isDense(third)) {
        for (int stretch = 0; stretch < size.stretches; stretch++) {
          giveOn(at - 4 - stretch * size.stretchBytes, 4, candidates);
        }
      }
    }
  }

  /**
   * Schedules for decryption. Rounds are in reversed order, and InvMixColumns preserves sums, so
   * within a round D[i] ^ D[i + 1] is the word of the round one (128 bits) or two (256) later in
   * memory that belongs to D[i + 1]. With 192 bits that word is D[i + 3], for two words of a round
   * only, so these schedules are found at multiples of four.
   */
  private static final class InverseStarts extends Given {
    static final int TOLERANCE = 0;
    private static final int ROUND_BYTES = 16;
    private final int third;

    InverseStarts(AesSize size) {
      super(size, ScheduleUse.DECRYPTION);
      third =
          switch (size) {
            case AES_128 -> 20;
            case AES_192 -> 12;
            case AES_256 -> 36;
          };
    }

    void test(byte[] bytes, int at, Candidates candidates) {
      long second = eightBytes(bytes, at + 4);
      long sum = eightBytes(bytes, at + third);
      if (Long.bitCount(eightBytes(bytes, at) ^ second ^ sum) > TOLERANCE
          || !isDense(second)
          || !isDense(sum)) {
        return;
      }
      int rounds = size.scheduleBytes() / ROUND_BYTES;
      for (int round = 1; round < rounds - 1; round++) {
        int start = at - round * ROUND_BYTES;
        if (size == AesSize.AES_192) {
          giveOn(start - 4, 1, candidates);
        } else {
          giveOn(start, 5, candidates);
        }
      }
    }
  }
}
