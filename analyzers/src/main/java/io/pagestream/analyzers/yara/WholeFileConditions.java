package io.pagestream.analyzers.yara;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds rules whose condition examines a whole file, from their text: the compiled form does not
 * show it. The words are those of YARA's documentation, "Writing YARA rules" and "Modules".
 */
final class WholeFileConditions {
  /**
   * What may contain any character: comments, texts, regular expressions. A regular expression
   * follows {@code =}, {@code matches}, a comma or a parenthesis; elsewhere a slash divides.
   */
  private static final Pattern OPAQUE =
      Pattern.compile(
          "/\\*(?s:.)*?\\*/|//[^\\n]*|\"[^\"\\\\\\n]*+(?:\\\\.[^\"\\\\\\n]*+)*+\""
              + "|(?<==|= |matches |matches|\\(|, |,)/[^/\\\\\\n]*+(?:\\\\.[^/\\\\\\n]*+)*+/");

  private static final Pattern RULE = Pattern.compile("\\brule\\s+(\\w+)");

  private static final Pattern CONDITION = Pattern.compile("\\bcondition\\s*:");

  private static final Pattern WHOLE_FILE =
      Pattern.compile(
          "\\b(?:filesize|entrypoint|(?:pe|elf|macho|dotnet|dex|hash|magic|cuckoo|vt)\\s*\\.)");

  private WholeFileConditions() {}

  /** The names of such rules, in the order of the text. */
  static List<String> in(String text) {
    String plain = OPAQUE.matcher(text).replaceAll(" ");
    List<String> names = new ArrayList<>();
    Matcher rule = RULE.matcher(plain);
    while (rule.find()) {
      int end = endOf(plain, rule.end());
      Matcher condition = CONDITION.matcher(plain).region(rule.end(), end);
      if (condition.find() && WHOLE_FILE.matcher(plain).region(condition.end(), end).find()) {
        names.add(rule.group(1));
      }
    }
    return names;
  }

  /** A rule extends to the next one. */
  private static int endOf(String plain, int from) {
    Matcher next = RULE.matcher(plain).region(from, plain.length());
    return next.find() ? next.start() : plain.length();
  }
}
