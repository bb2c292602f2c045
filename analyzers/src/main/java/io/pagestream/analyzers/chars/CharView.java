package io.pagestream.analyzers.chars;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.pagestream.analyzers.api.Encoding;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Memory as characters around an anchor: index 0 is the anchor's last character, negative indexes
 * are before it. ASCII has one byte for each character, UTF-16 two, at odd offsets too.
 */
public final class CharView {
  /** Returned outside of the window. */
  public static final int NONE = -1;

  /** Every character beyond Latin-1. */
  public static final int OTHER = 0xFF;

  private MemorySegment bytes = MemorySegment.NULL;
  private int first;
  private int limit;
  private int origin;
  private int step = 1;

  /** Distance of a unit's high byte from its low byte. */
  private int high = 1;

  /** The source of the characters if they were escaped; otherwise null. */
  private @Nullable Unescaped unescaped;

  private @Nullable Unescaped child;

  /** Switches to other memory. */
  public void over(MemorySegment memory) {
    bytes = memory;
    whole();
  }

  /** Shows the whole window. */
  public void whole() {
    first = 0;
    limit = (int) bytes.byteSize();
  }

  /** Shows only {@code [from, to)} of the window, as far as it exists. */
  public void only(int from, int to) {
    first = Math.max(0, from);
    limit = (int) Math.min(bytes.byteSize(), to);
  }

  /**
   * Moves to an anchor.
   *
   * @param offset offset of the (low) byte of its last character
   * @param encoding ASCII, UTF-16LE or UTF-16BE
   */
  public void anchor(int offset, Encoding encoding) {
    origin = offset;
    step = encoding == Encoding.ASCII ? 1 : 2;
    high = encoding == Encoding.UTF_16BE ? -1 : 1;
  }

  /** The character, {@link #NONE} or {@link #OTHER}. */
  public int at(int index) {
    int offset = origin + index * step;
    if (isOutside(offset)) {
      return NONE;
    }
    int low = bytes.get(JAVA_BYTE, offset) & 0xFF;
    return step == 1 || bytes.get(JAVA_BYTE, offset + high) == 0 ? low : OTHER;
  }

  /** The unit of UTF-16, the byte, or {@link #NONE}. */
  public int unit(int index) {
    int offset = origin + index * step;
    if (isOutside(offset)) {
      return NONE;
    }
    int low = bytes.get(JAVA_BYTE, offset) & 0xFF;
    return step == 1 ? low : low | (bytes.get(JAVA_BYTE, offset + high) & 0xFF) << 8;
  }

  private boolean isOutside(int offset) {
    return step == 1
        ? offset < first || offset >= limit
        : Math.min(offset, offset + high) < first || Math.max(offset, offset + high) >= limit;
  }

  /**
   * Number of indexes of the letter or digit beyond ASCII that begins at {@code index}: those of
   * its UTF-8, or one in UTF-16; 0 if there is none.
   */
  public int letterLength(int index) {
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
  public int letterLengthBefore(int index) {
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
  public int lower(int index) {
    return Chars.lower(at(index));
  }

  /** Whether the character is in one of the classes of {@link Chars}. */
  public boolean is(int index, int classes) {
    return Chars.is(at(index), classes);
  }

  /** Whether the characters from {@code index} on are {@code word}, which is lower case. */
  public boolean startsWith(int index, String word) {
    for (int i = 0; i < word.length(); i++) {
      if (lower(index + i) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Whether the characters before {@code index} are {@code word}, which is lower case. */
  public boolean endsWith(int index, String word) {
    return lower(index - 1) == word.charAt(word.length() - 1)
        && startsWith(index - word.length(), word);
  }

  /**
   * First index from {@code index} on whose character is not in the classes, at most {@code max}.
   */
  public int skip(int index, int max, int classes) {
    int i = index;
    while (i < max && is(i, classes)) {
      i++;
    }
    return i;
  }

  /** The same backwards: first index of the characters before {@code index} in the classes. */
  public int skipBack(int index, int min, int classes) {
    int i = index;
    while (i > min && is(i - 1, classes)) {
      i--;
    }
    return i;
  }

  /** Offset in the window of a character's first byte. */
  public int offset(int index) {
    int offset = origin + index * step;
    return unescaped == null ? offset + Math.min(0, (step - 1) * high) : unescaped.source(offset);
  }

  /** Whether the characters are those of UTF-16. */
  public boolean wide() {
    return unescaped == null ? step == 2 : unescaped.encoding() != Encoding.ASCII;
  }

  /** ASCII, UTF-16LE or UTF-16BE; that of the source if the characters were escaped. */
  public Encoding encoding() {
    if (unescaped != null) {
      return unescaped.encoding();
    }
    return step == 1 ? Encoding.ASCII : high > 0 ? Encoding.UTF_16LE : Encoding.UTF_16BE;
  }

  /** The reusable buffer for a text without escapes. */
  public Unescaped child() {
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
    high = 1;
    unescaped = source;
  }

  /** Whether all characters are ASCII. */
  public boolean isAscii(int from, int to) {
    for (int i = from; i < to; i++) {
      if (unit(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  /** The characters as a string; bytes beyond ASCII are UTF-8. */
  public String text(int from, int to) {
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
  public int endBefore(int index) {
    int before = limit;
    limit = Math.min(limit, origin + index * step + Math.min(0, (step - 1) * high));
    return before;
  }

  /** Undoes {@link #endBefore}. */
  public void endAgain(int before) {
    limit = before;
  }
}
