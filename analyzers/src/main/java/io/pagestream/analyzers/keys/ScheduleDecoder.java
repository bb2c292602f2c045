package io.pagestream.analyzers.keys;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Finds the key whose schedule matches bytes best. A schedule follows from any {@code keyWords}
 * consecutive words of it, so one error-free stretch anywhere is enough to recover the key, even if
 * the key's own bytes are damaged.
 *
 * <p>Guarantee: with at most 10 (128 bits), 7 (192) or 6 (256) wrong bits anywhere, one of the
 * schedule's disjoint stretches has no error, and the key is found. With more, up to {@link
 * #MAX_BIT_ERRORS}, one has at most one error, and that bit is visible in the relations around it
 * unless other errors cancel it in all of them. Only in this case the schedule is missed.
 *
 * <p>Two keys cannot both match the same bytes: schedules differ in many more than twice {@link
 * #MAX_BIT_ERRORS} bits. Not for use by more than one thread.
 */
final class ScheduleDecoder {
  /** 7 disjoint stretches in a schedule of 256 bits: with 13 errors one of them has at most one. */
  static final int MAX_BIT_ERRORS = 13;

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private final int maxBitErrors;

  /** The words in memory. */
  private final int[] held = new int[AesSize.AES_256.scheduleWords];

  /** The same as a schedule for encryption. */
  private final int[] seen = new int[AesSize.AES_256.scheduleWords];

  private final int[] suspect = new int[AesSize.AES_256.scheduleWords];
  private final int[] trial = new int[AesSize.AES_256.scheduleWords];
  private final int[] key = new int[AesSize.AES_256.keyWords];
  private boolean wordsReversed;
  private boolean mayBeReversed;

  /**
   * @param maxBitErrors wrong bits to tolerate in a schedule, 0 to {@link #MAX_BIT_ERRORS}
   */
  ScheduleDecoder(int maxBitErrors) {
    this.maxBitErrors = maxBitErrors;
  }

  /**
   * Searches for a schedule, with its words in the order of the standard or reversed.
   *
   * @param use purpose of the schedule, which determines the order of its rounds
   * @param bytes contains {@link AesSize#scheduleBytes()} bytes from {@code offset} on
   * @return number of wrong bits of the nearest schedule, or -1 if none is near enough
   */
  int decode(AesSize size, ScheduleUse use, byte[] bytes, int offset) {
    for (int i = 0; i < size.scheduleWords; i++) {
      held[i] = (int) WORD.get(bytes, offset + 4 * i);
    }
    wordsReversed = false;
    int errors = decodeHeld(size, use);
    if (errors < 0 && mayBeReversed) {
      for (int i = 0; i < size.scheduleWords; i++) {
        held[i] = Integer.reverseBytes(held[i]);
      }
      wordsReversed = true;
      errors = decodeHeld(size, use);
    }
    return errors;
  }

  /** Whether the last successful {@link #decode} found words in reversed byte order. */
  boolean wordsReversed() {
    return wordsReversed;
  }

  private int decodeHeld(AesSize size, ScheduleUse use) {
    // Plain relations do not depend on the byte order: words that violate them fail in both orders.
    mayBeReversed = true;
    if (use == ScheduleUse.ENCRYPTION) {
      System.arraycopy(held, 0, seen, 0, size.scheduleWords);
    } else {
      InverseCipher.toEncryption(size, held, seen);
    }
    if (!plainRelationsHold(size)) {
      mayBeReversed = use == ScheduleUse.DECRYPTION;
      return -1;
    }
    if (!otherRelationsHold(size)) {
      return -1;
    }
    int errors = nearest(size);
    return errors < 0 || use == ScheduleUse.ENCRYPTION ? errors : differingInMemory(size);
  }

  /** Wrong bits before InvMixColumns, which spreads each of them over a column. */
  private int differingInMemory(AesSize size) {
    System.arraycopy(key, 0, trial, 0, size.keyWords);
    KeyExpansion.expand(size, trial, 0, seen, Integer.MAX_VALUE);
    return InverseCipher.differing(size, trial, held);
  }

  private int nearest(AesSize size) {
    int errors = fromErrorFreeStretch(size);
    if (errors > maxBitErrors) {
      errors = fromStretchWithOneError(size);
    }
    return errors > maxBitErrors ? -1 : errors;
  }

  /** The key that the last successful {@link #decode} found, in lower-case hex. */
  String keyHex(AesSize size) {
    StringBuilder hex = new StringBuilder(8 * size.keyWords);
    for (int i = 0; i < size.keyWords; i++) {
      hex.append(HexFormat.of().toHexDigits(key[i]));
    }
    return hex.toString();
  }

  /** A wrong bit of W[j] is visible in at most three relations: those for W[j], W[j+1], W[j+Nk]. */
  private boolean plainRelationsHold(AesSize size) {
    int keyWords = size.keyWords;
    int budget = 3 * maxBitErrors;
    for (int i = keyWords; i < size.scheduleWords; i++) {
      if (size.isPlain(i)) {
        budget -= Integer.bitCount(seen[i] ^ seen[i - 1] ^ seen[i - keyWords]);
        if (budget < 0) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * A wrong bit is visible in at most two bytes of the relations with S-box: those of W[j] and
   * W[j+Nk], or the one into which W[j] is substituted.
   */
  private boolean otherRelationsHold(AesSize size) {
    int keyWords = size.keyWords;
    int budget = 2 * maxBitErrors;
    int step = keyWords == 8 ? 4 : keyWords;
    for (int i = keyWords; i < size.scheduleWords; i += step) {
      int wrong = seen[i] ^ seen[i - keyWords] ^ KeyExpansion.step(size, i, seen[i - 1]);
      budget -= bytesSet(wrong);
      if (budget < 0) {
        return false;
      }
    }
    return true;
  }

  private static int bytesSet(int word) {
    int folded = word | word >>> 4;
    folded |= folded >>> 2;
    folded |= folded >>> 1;
    return Integer.bitCount(folded & 0x01010101);
  }

  private int fromErrorFreeStretch(AesSize size) {
    int best = maxBitErrors + 1;
    for (int known = 0; known + size.keyWords <= size.scheduleWords && best > 0; known++) {
      System.arraycopy(seen, known, trial, known, size.keyWords);
      best = better(size, known, best);
    }
    return best;
  }

  private int fromStretchWithOneError(AesSize size) {
    markSuspects(size);
    int best = maxBitErrors + 1;
    for (int known = 0; known + size.keyWords <= size.scheduleWords; known++) {
      for (int i = known; i < known + size.keyWords; i++) {
        for (int bits = suspect[i]; bits != 0; bits &= bits - 1) {
          System.arraycopy(seen, known, trial, known, size.keyWords);
          trial[i] ^= bits & -bits;
          best = better(size, known, best);
        }
      }
    }
    return best;
  }

  private int better(AesSize size, int known, int best) {
    int errors = KeyExpansion.expand(size, trial, known, seen, best - 1);
    if (errors >= best) {
      return best;
    }
    System.arraycopy(trial, 0, key, 0, size.keyWords);
    return errors;
  }

  /** Marks the bits in which a plain relation does not hold, in all three words of it. */
  private void markSuspects(AesSize size) {
    Arrays.fill(suspect, 0);
    for (int i = size.keyWords; i < size.scheduleWords; i++) {
      if (size.isPlain(i)) {
        int wrong = seen[i] ^ seen[i - 1] ^ seen[i - size.keyWords];
        suspect[i] |= wrong;
        suspect[i - 1] |= wrong;
        suspect[i - size.keyWords] |= wrong;
      }
    }
  }
}
