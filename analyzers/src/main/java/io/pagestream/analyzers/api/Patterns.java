package io.pagestream.analyzers.api;

import java.util.List;

/**
 * The expressions that an analyzer has the stage search for. One scan of a window serves all
 * analyzers.
 *
 * @param expressions PCRE subset over bytes, known to analyzers by their index; {@code .} matches
 *     every byte, letters only their own case; no match is longer than {@link #MAX_MATCH_BYTES}
 * @param before how far before the window's own part a match may begin
 * @param after how far after it a match may end
 */
public record Patterns(List<String> expressions, int before, int after) {
  /** Longest match. */
  public static final int MAX_MATCH_BYTES = 64;

  /** For an analyzer that searches by itself. */
  public static final Patterns NONE = new Patterns(List.of(), 0, 0);

  /** Copies the list. */
  public Patterns {
    expressions = List.copyOf(expressions);
  }
}
