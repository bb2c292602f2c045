package io.pagestream.analyzers.chars;

/** Classes of ASCII characters, as bits. */
public final class Chars {
  public static final int DIGIT = 1;
  public static final int HEX_LETTER = 1 << 1;
  public static final int UPPER = 1 << 2;
  public static final int LOWER = 1 << 3;
  public static final int UNDERSCORE = 1 << 4;
  public static final int HYPHEN = 1 << 5;
  public static final int DOT = 1 << 6;

  /** The other characters of a local part that are in real use. */
  public static final int LOCAL_SPECIAL = 1 << 7;

  /** RFC 3986, section 2.3 and sub-delims, without the characters above. */
  public static final int URL_SPECIAL = 1 << 8;

  /** Characters that end the authority or separate the parts after it. */
  public static final int URL_DELIMITER = 1 << 9;

  /**
   * Characters that occur next to text: printable, blank, line end, or the NUL that ends strings.
   */
  public static final int TEXTUAL = 1 << 10;

  public static final int LETTER = UPPER | LOWER;
  public static final int HEX = DIGIT | HEX_LETTER;
  public static final int ALNUM = LETTER | DIGIT;
  public static final int WORD = ALNUM | UNDERSCORE;
  public static final int LABEL = ALNUM | HYPHEN;
  public static final int HOST = LABEL | UNDERSCORE | DOT;
  public static final int LOCAL = WORD | HYPHEN | DOT | LOCAL_SPECIAL;
  public static final int USER_INFO = WORD | HYPHEN | DOT | URL_SPECIAL;
  public static final int URL = USER_INFO | URL_DELIMITER;

  private static final short[] CLASSES = new short[256];

  static {
    add('0', '9', DIGIT);
    add('a', 'z', LOWER);
    add('A', 'Z', UPPER);
    add('a', 'f', HEX_LETTER);
    add('A', 'F', HEX_LETTER);
    add("_", UNDERSCORE);
    add("-", HYPHEN);
    add(".", DOT);
    add("%+'", LOCAL_SPECIAL);
    add("~!$&'()*+,;=:%", URL_SPECIAL);
    add("/?#[]@", URL_DELIMITER);
    add(' ', '~', TEXTUAL);
    add("\0\t\n\r", TEXTUAL);
  }

  private Chars() {}

  public static boolean is(int character, int classes) {
    return character >= 0 && (CLASSES[character] & classes) != 0;
  }

  public static int lower(int character) {
    return is(character, UPPER) ? character + ('a' - 'A') : character;
  }

  private static void add(char first, char last, int bit) {
    for (int c = first; c <= last; c++) {
      CLASSES[c] |= (short) bit;
    }
  }

  private static void add(String characters, int bit) {
    characters.chars().forEach(c -> CLASSES[c] |= (short) bit);
  }
}
