package io.pagestream.analyzers.decoders;

import io.pagestream.schemas.lz.DecodedBytes;

/**
 * Base64 lines that belong together. A line of 32 to 128 characters, a multiple of four, is
 * continued by the next one if that is not longer. Whether a line continues another is decided by
 * these two alone, so that blocks do not depend on how memory is cut into windows; and a block ends
 * at a multiple of {@value #PIECE} bytes, where the next one starts.
 */
final class Base64Block {
  /** Also the look-ahead of the analyzer: a block does not end before its piece does. */
  static final int PIECE = 64 * 1024;

  private static final int MIN_LINE = 32;
  private static final int MAX_LINE = 128;

  /** Characters on which the distribution is tested; fewer than the second number prove nothing. */
  private static final int SAMPLE = 256;

  private static final int MIN_SAMPLE = 160;

  private final CharCells cells;
  private int next;
  private boolean cut;

  Base64Block(CharCells cells) {
    this.cells = cells;
  }

  /** Whether the line from {@code start} to {@code stop} continues the previous one. */
  boolean isContinuation(int start, int stop, long alignment) {
    int step = cells.step();
    if (cells.at(start - step) != '\n' || cells.at(start) == '-') {
      return false;
    }
    int end = start - step;
    if (cells.at(end - step) == '\r') {
      end -= step;
    }
    int previous = end;
    while (previous > end - (MAX_LINE + 1) * step && cells.sextet(previous - step) >= 0) {
      previous -= step;
    }
    return isFullLine((end - previous) / step)
        && stop - start <= end - previous
        && samePiece(previous, start, alignment);
  }

  /** Whether two offsets are in the same piece; {@code alignment} is that of offset 0. */
  static boolean samePiece(int first, int second, long alignment) {
    return (first + alignment) / PIECE == (second + alignment) / PIECE;
  }

  private static boolean isFullLine(int length) {
    return length >= MIN_LINE && length <= MAX_LINE && length % 4 == 0;
  }

  /**
   * Decodes a block.
   *
   * @param start offset of the first line
   * @param skip characters of it that belong to something else
   * @param alignment alignment of offset 0
   */
  void decode(int start, int skip, long alignment, DecodedBytes out) {
    int step = cells.step();
    int at = start + skip * step;
    int line = start;
    int bits = 0;
    int count = 0;
    out.clear();
    cut = false;
    while (true) {
      if (!cells.has(at) || !samePiece(start, at, alignment)) {
        cut = true;
        return;
      }
      int value = cells.sextet(at);
      if (value < 0) {
        if (!isContinued(line, at, alignment)) {
          return;
        }
        at = next;
        line = next;
        continue;
      }
      bits = bits << 6 | value;
      count += 6;
      at += step;
      if (count >= 8) {
        count -= 8;
        if (!out.put(bits >> count)) {
          cut = true;
          return;
        }
      }
    }
  }

  /** Whether the block continues after the line from {@code line} to {@code end}. */
  boolean isContinued(int line, int end, long alignment) {
    int step = cells.step();
    next = cells.afterLineBreak(end);
    if (next == end || !isFullLine((end - line) / step) || cells.at(next) == '-') {
      return false;
    }
    int stop = next;
    while (stop - next <= end - line && cells.sextet(stop) >= 0) {
      stop += step;
    }
    return stop > next && stop - next <= end - line && samePiece(line, next, alignment);
  }

  /** Offset of the next line, after {@link #isContinued}. */
  int next() {
    return next;
  }

  /** Whether the block continues beyond the visible bytes, its piece, or the room for output. */
  boolean isCut() {
    return cut;
  }

  /** Decodes up to {@code most} bytes from characters of one line; returns their number. */
  int head(int from, int stop, byte[] head, int most) {
    int bits = 0;
    int count = 0;
    int length = 0;
    for (int at = from; at < stop && length < most; at += cells.step()) {
      bits = bits << 6 | cells.sextet(at);
      count += 6;
      if (count >= 8) {
        count -= 8;
        head[length++] = (byte) (bits >> count);
      }
    }
    return length;
  }

  /**
   * Whether the characters from {@code start} on have the distribution of encoded binary data: of
   * 64 characters, 26 are upper case, 26 lower case, and 10 digits.
   */
  boolean hasDistribution(int start) {
    long seen = 0;
    int upper = 0;
    int lower = 0;
    int digits = 0;
    int count = 0;
    int at = start;
    while (count < SAMPLE) {
      int value = cells.sextet(at);
      if (value < 0) {
        int after = cells.afterLineBreak(at);
        if (after == at) {
          break;
        }
        at = after;
        continue;
      }
      seen |= 1L << value;
      upper += value < 26 ? 1 : 0;
      lower += value >= 26 && value < 52 ? 1 : 0;
      digits += value >= 52 && value < 62 ? 1 : 0;
      count++;
      at += cells.step();
    }
    return count >= MIN_SAMPLE
        && 5 * upper > count
        && 5 * lower > count
        && 20 * digits > count
        && Long.bitCount(seen) >= 40;
  }
}
