package io.pagestream.findings.text;

/**
 * Text from memory images, which may be made to fool a terminal or a reader: control characters,
 * escape sequences, characters that turn the direction of writing, invisible ones.
 */
public final class HostileText {
  private static final char REPLACEMENT = '\uFFFD';
  private static final char ESCAPE = 0x1B;

  private HostileText() {}

  /**
   * Whether a character could act on a terminal or hide from a reader: C0 and C1 controls
   * (ECMA-48), bidirectional controls (Unicode TR 9), zero-width and other invisible formats, line
   * and paragraph separators, the byte-order mark and noncharacters.
   */
  public static boolean isDangerous(char c) {
    if (c < 0x20 || (c >= 0x7F && c <= 0x9F)) {
      return true;
    }
    if (c < 0x00AD) {
      return false;
    }
    return c == 0x00AD // soft hyphen
        || c == 0x061C // Arabic letter mark
        || c == 0x180E // Mongolian vowel separator
        || (c >= 0x200B && c <= 0x200F) // zero-width, left-to-right and right-to-left marks
        || (c >= 0x2028 && c <= 0x202E) // separators, embeddings, overrides
        || (c >= 0x2060 && c <= 0x206F) // invisible operators, isolates
        || c == 0xFEFF // byte-order mark
        || (c >= 0xFFF9 && c <= 0xFFFB) // interlinear annotation
        || c >= 0xFFFE; // noncharacters
  }

  /** The text with surrogates that have no partner replaced by U+FFFD, so that it is Unicode. */
  public static String wellFormed(String text) {
    int bad = firstLoneSurrogate(text, 0);
    if (bad < 0) {
      return text;
    }
    StringBuilder repaired = new StringBuilder(text);
    for (; bad >= 0; bad = firstLoneSurrogate(repaired, bad + 1)) {
      repaired.setCharAt(bad, REPLACEMENT);
    }
    return repaired.toString();
  }

  private static int firstLoneSurrogate(CharSequence text, int from) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return i;
      }
    }
    return -1;
  }

  /** One line for a terminal: what is dangerous is written as an escape, the rest as it is. */
  public static String printable(String text) {
    String unicode = wellFormed(text);
    if (unicode.chars().noneMatch(c -> isDangerous((char) c))) {
      return unicode;
    }
    StringBuilder safe = new StringBuilder(unicode.length() + 16);
    for (int i = 0; i < unicode.length(); i++) {
      char c = unicode.charAt(i);
      if (isDangerous(c)) {
        safe.append("\\u%04x".formatted((int) c));
      } else {
        safe.append(c);
      }
    }
    return safe.toString();
  }

  /**
   * Lines for a terminal: as {@link #printable(String)}, but line feeds and tabs stay.
   *
   * @param styles whether colors stay too (ECMA-48, 8.3.117): only for text of our own
   */
  public static String printableLines(String text, boolean styles) {
    String unicode = wellFormed(text);
    StringBuilder safe = new StringBuilder(unicode.length() + 16);
    for (int i = 0; i < unicode.length(); i++) {
      char c = unicode.charAt(i);
      int style = styles && c == ESCAPE ? styleLength(unicode, i) : 0;
      if (style > 0) {
        safe.append(unicode, i, i + style);
        i += style - 1;
      } else if (c != '\n' && c != '\t' && isDangerous(c)) {
        safe.append("\\u%04x".formatted((int) c));
      } else {
        safe.append(c);
      }
    }
    return safe.toString();
  }

  /** Characters of the sequence {@code ESC [ digits ; … m} that begins here, or 0. */
  private static int styleLength(String text, int at) {
    if (at + 1 >= text.length() || text.charAt(at + 1) != '[') {
      return 0;
    }
    for (int i = at + 2; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 'm') {
        return i + 1 - at;
      }
      if ((c < '0' || c > '9') && c != ';') {
        return 0;
      }
    }
    return 0;
  }

  /** The same, cut to a number of characters; a cut is marked with an ellipsis. */
  public static String printable(String text, int most) {
    // Cut before escaping too: a value may be megabytes long.
    String safe = printable(text.length() > most ? text.substring(0, most + 1) : text);
    if (safe.length() <= most) {
      return safe;
    }
    int end = most - 1;
    return safe.substring(0, Character.isHighSurrogate(safe.charAt(end - 1)) ? end - 1 : end) + "…";
  }
}
