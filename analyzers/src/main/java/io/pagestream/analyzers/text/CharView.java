package io.pagestream.analyzers.text;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Memory as characters around an anchor: index 0 is the anchor's last character, negative indexes
 * are before it. ASCII has one byte for each character, UTF-16LE two, at odd offsets too.
 */
final class CharView {
  /** Returned outside of the window. */
  static final int NONE = -1;

  /** Every character beyond Latin-1. */
  static final int OTHER = 0xFF;

  private MemorySegment bytes = MemorySegment.NULL;
  private int first;
  private int limit;
  private int origin;
  private int step = 1;

  /** The source of the characters if they were escaped; otherwise null. */
  private @Nullable Unescaped unescaped;

  private @Nullable Unescaped child;

  /** Switches to other memory. */
  void over(MemorySegment memory) {
    bytes = memory;
    whole();
  }

  /** Shows the whole window. */
  void whole() {
    first = 0;
    limit = (int) bytes.byteSize();
  }

  /** Shows only {@code [from, to)} of the window, as far as it exists. */
  void only(int from, int to) {
    first = Math.max(0, from);
    limit = (int) Math.min(bytes.byteSize(), to);
  }

  /**
   * Moves to an anchor.
   *
   * @param offset offset of the (low) byte of its last character
   * @param wide whether it is UTF-16LE
   */
  void anchor(int offset, boolean wide) {
    origin = offset;
    step = wide ? 2 : 1;
  }

  /** The character, {@link #NONE} or {@link #OTHER}. */
  int at(int index) {
    int offset = origin + index * step;
    if (offset < first || offset + step > limit) {
      return NONE;
    }
    int low = bytes.get(JAVA_BYTE, offset) & 0xFF;
    return step == 1 || bytes.get(JAVA_BYTE, offset + 1) == 0 ? low : OTHER;
  }

  /** The unit of UTF-16LE, the byte, or {@link #NONE}. */
  int unit(int index) {
    int offset = origin + index * step;
    if (offset < first || offset + step > limit) {
      return NONE;
    }
    int low = bytes.get(JAVA_BYTE, offset) & 0xFF;
    return step == 1 ? low : low | (bytes.get(JAVA_BYTE, offset + 1) & 0xFF) << 8;
  }

  /**
   * Number of indexes of the letter or digit beyond ASCII that begins at {@code index}: those of
   * its UTF-8, or one in UTF-16LE; 0 if there is none.
   */
  int letterLength(int index) {
    int lead = unit(index);
    if (lead < 0x80) {
      return 0;
    }
    if (step == 2) {
      return isLetter(lead) ? 1 : 0;
    }
    int length = lead >= 0xC2 && lead <= 0xDF ? 2 : (lead & 0xF0) == 0xE0 ? 3 : 0;
    int letter = length == 2 ? lead & 0x1F : lead & 0x0F;
    for (int i = 1; i < length; i++) {
      int next = unit(index + i);
      if ((next & 0xC0) != 0x80) {
        return 0;
      }
      letter = letter << 6 | (next & 0x3F);
    }
    return length > 0 && isLetter(letter) && !(length == 3 && letter < 0x800) ? length : 0;
  }

  /** Number of indexes of such a letter that ends before {@code index}. */
  int letterLengthBefore(int index) {
    for (int length = 1; length <= (step == 2 ? 1 : 3); length++) {
      if (letterLength(index - length) == length) {
        return length;
      }
    }
    return 0;
  }

  private static boolean isLetter(int unit) {
    return unit >= 0xAA
        && (Character.isLetterOrDigit(unit)
            || Character.getType(unit) == Character.NON_SPACING_MARK);
  }

  /** The character in lower case. */
  int lower(int index) {
    return Chars.lower(at(index));
  }

  /** Whether the character is in one of the classes of {@link Chars}. */
  boolean is(int index, int classes) {
    return Chars.is(at(index), classes);
  }

  /** Whether the characters from {@code index} on are {@code word}, which is lower case. */
  boolean startsWith(int index, String word) {
    for (int i = 0; i < word.length(); i++) {
      if (lower(index + i) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Whether the characters before {@code index} are {@code word}, which is lower case. */
  boolean endsWith(int index, String word) {
    return lower(index - 1) == word.charAt(word.length() - 1)
        && startsWith(index - word.length(), word);
  }

  /**
   * First index from {@code index} on whose character is not in the classes, at most {@code max}.
   */
  int skip(int index, int max, int classes) {
    int i = index;
    while (i < max && is(i, classes)) {
      i++;
    }
    return i;
  }

  /** The same backwards: first index of the characters before {@code index} in the classes. */
  int skipBack(int index, int min, int classes) {
    int i = index;
    while (i > min && is(i - 1, classes)) {
      i--;
    }
    return i;
  }

  /** Offset in the window of a character's first byte. */
  int offset(int index) {
    int offset = origin + index * step;
    return unescaped == null ? offset : unescaped.source(offset);
  }

  boolean wide() {
    return unescaped == null ? step == 2 : unescaped.wide();
  }

  /** The reusable buffer for a text without escapes. */
  Unescaped child() {
    if (child == null) {
      child = new Unescaped();
    }
    return child;
  }

  /** Shows a text without escapes. */
  void over(MemorySegment memory, int length, Unescaped source) {
    bytes = memory;
    first = 0;
    limit = length;
    step = 1;
    unescaped = source;
  }

  /** Whether all characters are ASCII. */
  boolean isAscii(int from, int to) {
    for (int i = from; i < to; i++) {
      if (unit(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  /** The characters as a string; bytes beyond ASCII are UTF-8. */
  String text(int from, int to) {
    if (step == 1 && !isAscii(from, to)) {
      byte[] utf8 = new byte[to - from];
      for (int i = from; i < to; i++) {
        utf8[i - from] = (byte) unit(i);
      }
      return new String(utf8, StandardCharsets.UTF_8);
    }
    StringBuilder text = new StringBuilder(to - from);
    for (int i = from; i < to; i++) {
      text.append((char) unit(i));
    }
    return text.toString();
  }

  /**
   * Hides everything from {@code index} on; returns the value with which {@link #endAgain} undoes
   * this.
   */
  int endBefore(int index) {
    int before = limit;
    limit = Math.min(limit, origin + index * step);
    return before;
  }

  /** Undoes {@link #endBefore}. */
  void endAgain(int before) {
    limit = before;
  }
}
