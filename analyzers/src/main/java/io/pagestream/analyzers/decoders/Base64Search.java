package io.pagestream.analyzers.decoders;

import io.pagestream.analyzers.api.AnalyzerInfo;
import io.pagestream.analyzers.api.FindingSink;
import io.pagestream.analyzers.api.Window;
import io.pagestream.schemas.lz.DecodedBytes;

/**
 * Base64 (RFC 4648, both alphabets) and hexadecimal text, in ASCII and as UTF-16LE. A run of at
 * least {@code minChars} characters is decoded if its content begins with text or with a signature,
 * or if at least 160 characters have the distribution of encoded binary data. If the run begins
 * with something else, content may begin at one of the next three characters, or, if the run began
 * shortly before it, with the page.
 *
 * <p>Every {@code minChars - 1}th character is examined first, so most bytes of memory are not.
 */
final class Base64Search {
  static final String BASE64 = "BASE64";
  static final String HEX = "BASE16";

  /** The longest previous line, its line break, and a run that begins before a page, in UTF-16. */
  static final int LOOK_BEHIND_BYTES = 512;

  private static final int PHASES = 4;

  /** In shorter runs, content begins with the first character only. */
  private static final int MIN_PHASED_CHARS = 24;

  /** A digest has at most 128 digits, and its bytes are not text. */
  private static final int MIN_HEX_CHARS = 48;

  private final int minChars;
  private final CharCells cells = new CharCells();
  private final Base64Block block = new Base64Block(cells);
  private final byte[] head = new byte[ContentTest.HEAD_BYTES];
  private final DecodedBytes out;

  /** A search whose content goes through {@code out}. */
  Base64Search(int minChars, DecodedBytes out) {
    this.minChars = minChars;
    this.out = out;
  }

  /** Reports the content of all runs that start in the window's own part. */
  void search(Window window, byte[] memory, FindingSink findings) {
    search(window, memory, 1, findings);
    search(window, memory, 2, findings);
  }

  private void search(Window window, byte[] memory, int step, FindingSink findings) {
    cells.over(memory, window.limit(), step);
    long alignment = window.alignmentOf(0);
    int stride = (minChars - 1) * step;
    int end = Math.min(window.limit(), window.ownEnd() + stride);
    int lowest = window.ownStart() - minChars * step;
    int at = window.ownStart();
    while (at < end) {
      int hit = cells.sextet(at) >= 0 ? at : step == 2 && cells.sextet(at + 1) >= 0 ? at + 1 : -1;
      if (hit < 0) {
        at += stride;
        continue;
      }
      int start = hit;
      while (start - step >= lowest
          && cells.sextet(start - step) >= 0
          && Base64Block.samePiece(start - step, hit, alignment)) {
        start -= step;
      }
      int stop = hit + step;
      while (cells.sextet(stop) >= 0 && Base64Block.samePiece(stop, hit, alignment)) {
        stop += step;
      }
      if (stop - start >= minChars * step) {
        examine(window, start, stop, start - step < lowest, alignment, findings);
      }
      at = cells.sextet(stop) >= 0 ? stop : stop + stride;
    }
  }

  /**
   * Examines a run.
   *
   * @param startsEarlier whether it may start before {@code start}
   */
  private void examine(
      Window window, int start, int stop, boolean startsEarlier, long alignment, FindingSink sink) {
    int edge = window.start().isMemory() ? window.pageEnd(start) : stop;
    boolean nearEdge =
        edge - start < minChars * cells.step()
            && stop - edge >= minChars * cells.step()
            && window.owns(edge);
    if ((!window.owns(start) && !nearEdge)
        || startsEarlier
        || block.isContinuation(start, stop, alignment)) {
      return;
    }
    int before = cells.limitTo(start + AnalyzerInfo.MAX_LOOK_AHEAD_BYTES);
    boolean decoded = decode(window, start, stop, alignment, sink);
    cells.restore(before);
    if (!decoded && nearEdge) {
      before = cells.limitTo(edge + AnalyzerInfo.MAX_LOOK_AHEAD_BYTES);
      decode(window, edge, stop, alignment, sink);
      cells.restore(before);
    }
  }

  private boolean decode(Window window, int start, int stop, long alignment, FindingSink sink) {
    if (decodeHex(window, start, stop, alignment, sink)) {
      return true;
    }
    int skip = 0;
    int phases = stop - start < MIN_PHASED_CHARS * cells.step() ? 1 : PHASES;
    while (skip < phases) {
      int length = block.head(start + skip * cells.step(), stop, head, head.length);
      if (ContentTest.isText(head, length)
          || (skip == 0
              && (ContentTest.hasSignature(head, length) || block.hasDistribution(start)))) {
        break;
      }
      skip++;
    }
    if (skip == phases) {
      return false;
    }
    if (window.owns(start)) {
      block.decode(start, skip, alignment, out);
      sink.descend(BASE64, start, out.array(), out.length(), block.isCut());
    }
    return true;
  }

  /** Decodes pairs of digits, also after "0x". */
  private boolean decodeHex(Window window, int start, int stop, long alignment, FindingSink sink) {
    int step = cells.step();
    boolean prefix = cells.at(start) == '0' && (cells.at(start + step) | 0x20) == 'x';
    int from = prefix ? start + 2 * step : start;
    int end = from;
    while (end < stop && cells.nibble(end) >= 0) {
      end += step;
    }
    if (end < stop || end - from < MIN_HEX_CHARS * step) {
      return false;
    }
    out.clear();
    int line = start;
    int at = from;
    boolean cut = false;
    while (!cut && cells.nibble(at) >= 0 && cells.nibble(at + step) >= 0) {
      cut =
          !Base64Block.samePiece(start, at, alignment)
              || !out.put(cells.nibble(at) << 4 | cells.nibble(at + step));
      at += 2 * step;
      if (out.length() == ContentTest.HEAD_BYTES && !isContent()) {
        return false;
      }
      if (cells.nibble(at) < 0 && block.isContinued(line, at, alignment)) {
        at = block.next();
        line = at;
      }
    }
    if (out.length() < ContentTest.HEAD_BYTES && !isContent()) {
      return false;
    }
    if (window.owns(start)) {
      sink.descend(HEX, start, out.array(), out.length(), cut || !cells.has(at));
    }
    return true;
  }

  private boolean isContent() {
    int length = Math.min(out.length(), ContentTest.HEAD_BYTES);
    return ContentTest.isText(out.array(), length) || ContentTest.hasSignature(out.array(), length);
  }
}
