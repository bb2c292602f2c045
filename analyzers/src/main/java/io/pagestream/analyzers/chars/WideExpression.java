package io.pagestream.analyzers.chars;

/**
 * Derives the expression for UTF-16 from one for ASCII: every character but the first is preceded
 * by a NUL. Understands characters, escapes, classes, groups {@code (?:…|…)}, and the quantifiers
 * {@code ?} and <code>{n,m}</code>; the first element of an expression must not be optional.
 */
final class WideExpression {
  private static final String NUL = "\\x00";

  private final String narrow;
  private int at;

  private WideExpression(String narrow) {
    this.narrow = narrow;
  }

  /** The expression for UTF-16. */
  static String of(String narrow) {
    WideExpression expression = new WideExpression(narrow);
    String wide = expression.alternatives(true);
    if (expression.at < narrow.length()) {
      throw new IllegalArgumentException("at " + expression.at + " of " + narrow);
    }
    return wide;
  }

  private String alternatives(boolean first) {
    StringBuilder wide = new StringBuilder();
    boolean start = first;
    while (at < narrow.length() && narrow.charAt(at) != ')') {
      if (narrow.charAt(at) == '|') {
        wide.append('|');
        at++;
        start = first;
        continue;
      }
      wide.append(element(start));
      start = false;
    }
    return wide.toString();
  }

  private String element(boolean first) {
    int from = at;
    if (narrow.startsWith("(?:", at)) {
      at += 3;
      String start = alternatives(first);
      int end = ++at;
      String quantifier = quantifier();
      if (!first || quantifier.isEmpty()) {
        return "(?:" + start + ")" + quantifier;
      }
      int after = at;
      at = from + 3;
      String rest = alternatives(false);
      if (at + 1 != end) {
        throw new IllegalArgumentException(narrow);
      }
      at = after;
      return "(?:" + start + ")" + repeated("(?:" + rest + ")", quantifier);
    }
    String character = character();
    String quantifier = quantifier();
    if (quantifier.isEmpty()) {
      return first ? character : NUL + character;
    }
    String rest = "(?:" + NUL + character + ")";
    return first ? character + repeated(rest, quantifier) : rest + quantifier;
  }

  /** The second and further repetitions of the first element. */
  private static String repeated(String rest, String quantifier) {
    String[] bounds = quantifier.substring(1, quantifier.length() - 1).split(",", -1);
    StringBuilder fewer = new StringBuilder(rest).append('{');
    for (int i = 0; i < bounds.length; i++) {
      fewer.append(i == 0 ? "" : ",").append(Integer.parseInt(bounds[i]) - 1);
    }
    return fewer.append('}').toString();
  }

  private String character() {
    int from = at;
    switch (narrow.charAt(at)) {
      case '[' -> {
        at++;
        while (narrow.charAt(at) != ']') {
          at += narrow.charAt(at) == '\\' ? 2 : 1;
        }
        at++;
      }
      case '\\' -> at += narrow.charAt(at + 1) == 'x' ? 4 : 2;
      default -> at++;
    }
    return narrow.substring(from, at);
  }

  private String quantifier() {
    int from = at;
    if (at < narrow.length() && narrow.charAt(at) == '?') {
      at++;
    } else if (at < narrow.length() && narrow.charAt(at) == '{') {
      at = narrow.indexOf('}', at) + 1;
    }
    return narrow.substring(from, at);
  }
}
