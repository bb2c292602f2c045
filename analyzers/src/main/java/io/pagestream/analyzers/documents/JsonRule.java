package io.pagestream.analyzers.documents;

import io.pagestream.analyzers.chars.CharView;
import io.pagestream.analyzers.chars.Chars;
import io.pagestream.analyzers.chars.JsonText;
import io.pagestream.analyzers.chars.Report;
import io.pagestream.analyzers.chars.TextRule;
import java.util.Map;

/**
 * Complete objects of JSON (RFC 8259) of 64 to 4,096 characters with a name, and arrays that begin
 * with one. Objects within objects and arrays are part of these: nothing is reported after a comma,
 * a bracket, or the colon after a member's name. After any other colon, as at the end of a line of
 * a log, an object begins. The value is the start of the object; the attribute {@code chars} its
 * length.
 */
final class JsonRule implements TextRule {
  /** Maximum length of an object. */
  static final int MAX_CHARS = 4096;

  private static final int MIN_CHARS = 64;
  private static final int MAX_VALUE_CHARS = 256;
  private static final int MAX_BLANKS = 16;

  /** Arrays within arrays before the first object. */
  private static final int MAX_BRACKETS = 2;

  @Override
  public boolean examine(CharView text, Report report) {
    int from = -2;
    while (text.at(from) != '{') {
      from--;
    }
    int before = skipBlanksBack(text, from);
    for (int brackets = 0; brackets < MAX_BRACKETS && text.at(before - 1) == '['; brackets++) {
      from = before - 1;
      before = skipBlanksBack(text, from);
    }
    if (before == from - MAX_BLANKS || isPart(text, before - 1)) {
      return false;
    }
    int end = JsonText.end(text, from, MAX_CHARS);
    if (end < 0 || end - from < MIN_CHARS) {
      return false;
    }
    int shown = Math.min(end, from + MAX_VALUE_CHARS);
    while (shown < end && text.unit(shown) >= 0x80) {
      shown++;
    }
    Map<String, String> attributes = Map.of("chars", String.valueOf(end - from));
    report.found(DocumentsAnalyzer.JSON, text, from, end, text.text(from, shown), attributes, null);
    return true;
  }

  /** First index of the blanks that end before {@code from}; at most {@link #MAX_BLANKS}. */
  private static int skipBlanksBack(CharView text, int from) {
    int before = from;
    while (before > from - MAX_BLANKS && isBlank(text.at(before - 1))) {
      before--;
    }
    return before;
  }

  private static boolean isBlank(int character) {
    return character == ' ' || character == '\n' || character == '\r' || character == '\t';
  }

  private static boolean isPart(CharView text, int index) {
    int character = text.at(index);
    return switch (character) {
      case ',', '[', '(', '\\', '$' -> true;
      case ':' -> isNamed(text, index);
      default -> Chars.is(character, Chars.WORD);
    };
  }

  /** Whether the colon at an index follows a name, or is on the same line as the object. */
  private static boolean isNamed(CharView text, int index) {
    int name = index - 1;
    while (name > index - MAX_BLANKS && isBlank(text.at(name))) {
      name--;
    }
    boolean quoted = text.at(name) == '"' || text.at(name) == '\'';
    return quoted || !endsLine(text, index + 1);
  }

  private static boolean endsLine(CharView text, int from) {
    int i = from;
    while (text.at(i) == ' ' || text.at(i) == '\r' || text.at(i) == '\t') {
      i++;
    }
    return text.at(i) == '\n';
  }

  @Override
  public boolean mayEndAtPageEdge() {
    return false;
  }
}
