package io.pagestream.cases.text;

/**
 * Text from memory images, which may be crafted to affect a terminal or deceive a reader: control
 * characters, escape sequences, characters that change the direction of writing, invisible ones.
 */
public final class HostileText {
  private static final char REPLACEMENT = '\uFFFD';
  private static final char ESCAPE = 0x1B;

  private HostileText() {}

  /**
   * Whether a character could affect a terminal or be invisible to a reader: C0 and C1 controls
   * (ECMA-48), all of Unicode's format characters (bidirectional controls of TR 9, zero-width
   * marks, tags), line and paragraph separators, letters without a shape, variation selectors
   * beyond those of emoji, and noncharacters.
   */
  public static boolean isDangerous(int codePoint) {
    if (codePoint < 0xAD) {
      return codePoint < 0x20 || (codePoint >= 0x7F && codePoint <= 0x9F);
    }
    return switch (Character.getType(codePoint)) {
      case Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      default ->
          (codePoint & 0xFFFE) == 0xFFFE // noncharacters
              || (codePoint >= 0x206A && codePoint <= 0x206F)
              || codePoint == 0x034F // combining grapheme joiner
              || codePoint == 0x115F // fillers of Hangul
              || codePoint == 0x1160
              || codePoint == 0x2065
              || codePoint == 0x3164
              || codePoint == 0xFFA0
              || (codePoint >= 0xE0000 && codePoint <= 0xE0FFF); // tags, variation selectors
    };
  }

  /** The text with unpaired surrogates replaced by U+FFFD, so that it is valid Unicode. */
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

  /** One line for a terminal: dangerous characters are escaped, the rest is unchanged. */
  public static String printable(String text) {
    String unicode = wellFormed(text);
    if (unicode.codePoints().noneMatch(HostileText::isDangerous)) {
      return unicode;
    }
    StringBuilder safe = new StringBuilder(unicode.length() + 16);
    unicode.codePoints().forEach(c -> append(safe, c, isDangerous(c)));
    return safe.toString();
  }

  /** Appends a character, or its UTF-16 code units as escapes, as JSON writes them. */
  private static void append(StringBuilder safe, int codePoint, boolean escaped) {
    if (!escaped) {
      safe.appendCodePoint(codePoint);
      return;
    }
    for (char c : Character.toChars(codePoint)) {
      safe.append("\\u%04x".formatted((int) c));
    }
  }

  /**
   * Lines for a terminal: as {@link #printable(String)}, but line feeds and tabs are kept.
   *
   * @param styles whether colors are kept too (ECMA-48, 8.3.117): only for trusted text
   */
  public static String printableLines(String text, boolean styles) {
    String unicode = wellFormed(text);
    StringBuilder safe = new StringBuilder(unicode.length() + 16);
    for (int i = 0; i < unicode.length(); ) {
      int c = unicode.codePointAt(i);
      int style = styles && c == ESCAPE ? styleLength(unicode, i) : 0;
      if (style > 0) {
        safe.append(unicode, i, i + style);
        i += style;
      } else {
        append(safe, c, c != '\n' && c != '\t' && isDangerous(c));
        i += Character.charCount(c);
      }
    }
    return safe.toString();
  }

  /** Length of the sequence {@code ESC [ digits ; … m} that begins here, or 0. */
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
