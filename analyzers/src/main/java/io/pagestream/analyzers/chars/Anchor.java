package io.pagestream.analyzers.chars;

import java.util.ArrayList;
import java.util.List;

/**
 * An expression for the pattern pass, in ASCII and in UTF-16, and the rule that checks what
 * surrounds a match. An expression for UTF-16 omits the last character's high byte: expressions
 * that end in NUL are slow, and in this way the last byte of a match is the (low) byte of its last
 * character in all encodings. It omits the first character's too, and therefore matches both byte
 * orders.
 *
 * @param rule checks the surroundings
 * @param narrow the expression for ASCII
 * @param wide the expression for UTF-16
 * @param exact whether a match counts only if its last character is Latin-1
 */
public record Anchor(TextRule rule, String narrow, String wide, boolean exact) {
  /** An anchor with its own expression for UTF-16, whose last character may be beyond Latin-1. */
  public Anchor(TextRule rule, String narrow, String wide) {
    this(rule, narrow, wide, false);
  }

  /** An anchor whose expression for UTF-16 is derived from that for ASCII. */
  public static Anchor of(TextRule rule, String narrow) {
    return new Anchor(rule, narrow, WideExpression.of(narrow), true);
  }

  /**
   * The expressions of anchors; the index of one shows its anchor, and whether it is for UTF-16.
   */
  static List<String> expressions(List<Anchor> anchors) {
    List<String> expressions = new ArrayList<>();
    for (Anchor anchor : anchors) {
      expressions.add(anchor.narrow);
      expressions.add(anchor.wide);
    }
    return expressions;
  }
}
