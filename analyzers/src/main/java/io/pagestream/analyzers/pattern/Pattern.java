package io.pagestream.analyzers.pattern;

/**
 * One expression of a database.
 *
 * @param id what its matches carry; 0 to {@link #MAX_ID}
 * @param expression PCRE subset over bytes; {@code .} matches every byte, letters only their own
 *     case
 */
public record Pattern(int id, String expression) {
  /** Bound of ids: a match is kept as one long, its id in the low byte. */
  public static final int MAX_ID = 255;

  /** Checks the bound. */
  public Pattern {
    if (id < 0 || id > MAX_ID) {
      throw new IllegalArgumentException("pattern id " + id);
    }
  }
}
