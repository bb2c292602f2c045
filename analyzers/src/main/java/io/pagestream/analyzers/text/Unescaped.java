package io.pagestream.analyzers.text;

import java.lang.foreign.MemorySegment;

/**
 * Text without its escapes, with the position of each character in the window. One for each {@link
 * CharView}, refilled for each candidate.
 */
final class Unescaped {
  private static final int MAX_CHARS = 1200;

  private final byte[] characters = new byte[MAX_CHARS];
  private final int[] offsets = new int[MAX_CHARS + 1];
  private final MemorySegment memory = MemorySegment.ofArray(characters);
  private final CharView view = new CharView();
  private int length;
  private boolean wide;

  void start(boolean wideSource) {
    length = 0;
    wide = wideSource;
  }

  /** Adds a character at {@code offset}; returns whether there is room for more. */
  boolean add(int character, int offset) {
    characters[length] = (byte) character;
    offsets[length++] = offset;
    return length < MAX_CHARS;
  }

  int length() {
    return length;
  }

  /** The text, at the character with number {@code origin}; {@code end} is the offset after it. */
  CharView at(int origin, int end) {
    offsets[length] = end;
    view.over(memory, length, this);
    view.anchor(origin, false);
    return view;
  }

  int source(int offset) {
    return offsets[Math.clamp(offset, 0, length)];
  }

  boolean wide() {
    return wide;
  }
}
