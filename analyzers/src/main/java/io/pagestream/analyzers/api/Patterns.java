package io.pagestream.analyzers.api;

import java.util.List;

/**
 * The expressions for which the stage searches on behalf of an analyzer. One scan of a window
 * serves all analyzers.
 *
 * @param expressions PCRE subset over bytes, identified by their index; {@code .} matches every
 *     byte, letters are case-sensitive; no match is longer than {@link #MAX_MATCH_BYTES}
 * @param before maximum distance of a match's start before the window's own part
 * @param after maximum distance of a match's end after it
 */
public record Patterns(List<String> expressions, int before, int after) {
  /** Maximum length of a match. */
  public static final int MAX_MATCH_BYTES = 64;

  /** For an analyzer with its own search. */
  public static final Patterns NONE = new Patterns(List.of(), 0, 0);

  /** Copies the list. */
  public Patterns {
    expressions = List.copyOf(expressions);
  }
}
