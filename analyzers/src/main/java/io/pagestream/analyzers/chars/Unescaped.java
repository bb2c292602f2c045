package io.pagestream.analyzers.chars;

import io.pagestream.analyzers.api.Encoding;
import java.lang.foreign.MemorySegment;

/**
 * Text without its escapes, with the position of each character in the window. One for each {@link
 * CharView}, refilled for each candidate.
 */
public final class Unescaped {
  private static final int MAX_CHARS = 1200;

  private final byte[] characters = new byte[MAX_CHARS];
  private final int[] offsets = new int[MAX_CHARS + 1];
  private final MemorySegment memory = MemorySegment.ofArray(characters);
  private final CharView view = new CharView();
  private int length;
  private Encoding encoding = Encoding.ASCII;

  /** Empties the text; its next characters have this encoding in memory. */
  public void start(Encoding source) {
    length = 0;
    encoding = source;
  }

  /** Adds a character at {@code offset}; returns whether there is room for more. */
  public boolean add(int character, int offset) {
    characters[length] = (byte) character;
    offsets[length++] = offset;
    return length < MAX_CHARS;
  }

  /** Number of characters. */
  public int length() {
    return length;
  }

  /** The text, at the character with number {@code origin}; {@code end} is the offset after it. */
  public CharView at(int origin, int end) {
    offsets[length] = end;
    view.over(memory, length, this);
    view.anchor(origin, Encoding.ASCII);
    return view;
  }

  int source(int offset) {
    return offsets[Math.clamp(offset, 0, length)];
  }

  Encoding encoding() {
    return encoding;
  }
}
