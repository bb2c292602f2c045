package io.pagestream.analyzers.yara;

import java.util.List;

/**
 * A rule that is true for a stretch of memory.
 *
 * @param rule the rule
 * @param places where its strings match, by offset; no more than {@link RuleScanner#MOST_PLACES}
 * @param omitted number of further matches
 */
record RuleMatch(Rule rule, List<Place> places, long omitted) {
  /**
   * Where one string matches.
   *
   * @param name the string's identifier
   * @param offset offset in the scanned bytes
   * @param length bytes
   */
  record Place(String name, int offset, int length) {}
}
