package io.pagestream.analyzers.decoders;

import io.pagestream.analyzers.api.AnalyzerInfo;
import io.pagestream.analyzers.api.FindingSink;
import io.pagestream.analyzers.api.Window;
import io.pagestream.schemas.lz.DecodedBytes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * UTF-32 text of both byte orders at any alignment, passed on as UTF-8. A run begins with {@value
 * #MIN_CHARS} ASCII characters, of which {@value #MIN_LETTERS} are letters or digits, and which do
 * not ascend: that is what most arrays of small numbers are not. Each character but its lowest byte
 * is then zero, so that only characters beyond ASCII show the byte order.
 *
 * <p>The offset is that of the first byte that is not zero.
 */
final class Utf32Search {
  static final String CODEC = "UTF32";

  private static final int MIN_CHARS = 8;
  private static final int MIN_LETTERS = 5;
  private static final int UNIT = 4;
  private static final int MAX_CHARS_BEFORE = 64;
  private static final int STRIDE = (MIN_CHARS - 2) * UNIT;
  private static final int HIGH_BYTES = 3;

  /** The highest plane with assigned characters that are not for private use. */
  private static final int MAX_CODE_POINT = 0x3ffff;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final DecodedBytes out;
  private byte[] memory = new byte[0];
  private int limit;
  private boolean cut;

  /** A search whose content goes through {@code out}. */
  Utf32Search(DecodedBytes out) {
    this.out = out;
  }

  /** Reports all runs that start in the window's own part. */
  void search(Window window, byte[] bytes, FindingSink findings) {
    memory = bytes;
    limit = window.limit();
    int end = Math.min(limit - 2 * UNIT, window.ownEnd() + STRIDE);
    int at = window.ownStart();
    while (at < end) {
      int hit = character(at);
      if (hit < 0 || !isAscii(hit) || !isAscii(hit + UNIT)) {
        at += STRIDE;
        continue;
      }
      int lowest = window.ownStart() - UNIT;
      int start = hit;
      while (start - UNIT >= lowest && isAscii(start - UNIT)) {
        start -= UNIT;
      }
      int stop = hit + UNIT;
      while (isAscii(stop)) {
        stop += UNIT;
      }
      if (window.owns(start)
          && stop - start >= MIN_CHARS * UNIT
          && isWord(start)
          && !isContinuation(start)) {
        decode(start);
        findings.descend(CODEC, start, out.array(), out.length(), cut);
      }
      at = Math.max(at + STRIDE, stop + 1);
    }
  }

  /** Offset of the only byte that is not zero among four, if that is a character; else -1. */
  private int character(int at) {
    int word = (int) INT.get(memory, at);
    if (word == 0) {
      return -1;
    }
    int zeros = Integer.numberOfTrailingZeros(word) & ~7;
    int c = word >>> zeros;
    return c < 0x7f && ContentTest.isPrintable(c) ? at + zeros / 8 : -1;
  }

  /** Whether an ASCII character is at an offset and the bytes up to the next one are zero. */
  private boolean isAscii(int at) {
    if (at < 0 || at >= limit || !ContentTest.isPrintable(memory[at])) {
      return false;
    }
    for (int i = 1; i <= HIGH_BYTES && at + i < limit; i++) {
      if (memory[at + i] != 0) {
        return false;
      }
    }
    return true;
  }

  private boolean isWord(int start) {
    int letters = 0;
    boolean ascending = true;
    for (int i = 0; i < MIN_CHARS; i++) {
      byte c = memory[start + i * UNIT];
      letters += Character.isLetterOrDigit(c) ? 1 : 0;
      ascending &= i == 0 || c > memory[start + (i - 1) * UNIT];
    }
    return letters >= MIN_LETTERS && !ascending;
  }

  /**
   * Whether the characters continue text before them, from which they are separated by characters
   * beyond ASCII: then that text is decoded up to here and beyond.
   */
  private boolean isContinuation(int start) {
    int ascii = 0;
    for (int n = 1; n <= MAX_CHARS_BEFORE; n++) {
      int at = start - n * UNIT;
      if (isAscii(at)) {
        if (++ascii == MIN_CHARS) {
          return true;
        }
      } else if (beyondAscii(at, limit) >= 0) {
        ascii = 0;
      } else {
        return false;
      }
    }
    return false;
  }

  private void decode(int start) {
    int end = Math.min(limit, start + AnalyzerInfo.MAX_LOOK_AHEAD_BYTES);
    out.clear();
    cut = false;
    for (int at = start; ; at += UNIT) {
      if (at >= end) {
        cut = true;
        return;
      }
      int c = isAscii(at) ? memory[at] : beyondAscii(at, end);
      if (c < 0) {
        return;
      }
      if (!putUtf8(c)) {
        cut = true;
        return;
      }
    }
  }

  /** A character beyond ASCII whose lowest byte is at an offset, in either byte order; or -1. */
  private int beyondAscii(int at, int end) {
    if (at < HIGH_BYTES || at + UNIT > end) {
      return -1;
    }
    int little = (int) INT.get(memory, at);
    int big = Integer.reverseBytes((int) INT.get(memory, at - HIGH_BYTES));
    return isLetter(little) ? little : isLetter(big) ? big : -1;
  }

  private static boolean isLetter(int c) {
    return c >= 0xa0
        && c <= MAX_CODE_POINT
        && Character.isDefined(c)
        && !Character.isISOControl(c)
        && (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE);
  }

  private boolean putUtf8(int c) {
    if (c < 0x80) {
      return out.put(c);
    }
    if (c < 0x800) {
      return out.put(0xc0 | c >> 6) && out.put(0x80 | (c & 63));
    }
    boolean begun =
        c < 0x10000
            ? out.put(0xe0 | c >> 12)
            : out.put(0xf0 | c >> 18) && out.put(0x80 | (c >> 12 & 63));
    return begun && out.put(0x80 | (c >> 6 & 63)) && out.put(0x80 | (c & 63));
  }
}
