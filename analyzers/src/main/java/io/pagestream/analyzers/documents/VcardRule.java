package io.pagestream.analyzers.documents;

import io.pagestream.analyzers.chars.CharView;
import io.pagestream.analyzers.chars.Chars;
import io.pagestream.analyzers.chars.Report;
import io.pagestream.analyzers.chars.TextRule;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Contacts: RFC 6350 and its predecessors. From {@code BEGIN:VCARD}, lines of properties to {@code
 * END:VCARD}; version and a name are required. The value is the formatted name ({@code FN}, else
 * {@code N}); photos are skipped. A contact whose end is not within 4,096 characters, or whose next
 * page belongs to something else, has the attribute {@code cut}.
 */
final class VcardRule implements TextRule {
  private static final int FIRST = -10;
  private static final int MAX_CHARS = 4096;
  private static final int MAX_VALUE_CHARS = 256;
  private static final int MAX_VALUES = 8;

  @Override
  public boolean examine(CharView text, Report report) {
    if (text.is(FIRST - 1, Chars.WORD)) {
      return false;
    }
    int limit = FIRST + MAX_CHARS;
    Map<String, String> attributes = new LinkedHashMap<>();
    String name = null;
    String structured = null;
    int values = 0;
    int line = nextLine(text, 1, limit);
    int end = 1;
    boolean complete = false;
    while (line > 0) {
      if (text.startsWith(line, "end:vcard")) {
        end = line + "end:vcard".length();
        complete = true;
        break;
      }
      if (!text.is(line, Chars.ALNUM) && text.at(line) != ' ' && text.at(line) != '\t') {
        break;
      }
      int lineEnd = lineEnd(text, line, limit);
      String property = property(text, line, lineEnd);
      int colon = colon(text, line, lineEnd);
      if (colon > 0 && !property.isEmpty() && values < MAX_VALUES) {
        int to = Math.min(lineEnd, colon + 1 + MAX_VALUE_CHARS);
        String value = text.text(colon + 1, to);
        switch (property) {
          case "FN" -> name = value;
          case "N" -> structured = value;
          case "VERSION", "EMAIL", "TEL", "ORG" -> {
            attributes.merge(property.toLowerCase(Locale.ROOT), value, (a, b) -> a + ", " + b);
            values++;
          }
          default -> {
            // Not reported.
          }
        }
      }
      end = lineEnd;
      line = nextLine(text, lineEnd, limit);
    }
    String value = name != null ? name : structured;
    if (value == null || value.isBlank() || !attributes.containsKey("version")) {
      return false;
    }
    if (!complete) {
      attributes.put("cut", "true");
    }
    report.found(DocumentsAnalyzer.VCARD, text, FIRST, end, value, attributes, null);
    return complete;
  }

  /** End of a line, or start of the next contact. */
  private static int lineEnd(CharView text, int from, int limit) {
    int i = from;
    while (i < limit
        && (text.at(i) >= ' ' || text.at(i) == '\t')
        && !(text.lower(i) == 'b' && text.startsWith(i, "begin:vcard"))) {
      i++;
    }
    return i;
  }

  /** Start of the next line; 0 if there is none. */
  private static int nextLine(CharView text, int end, int limit) {
    int i = text.at(end) == '\r' ? end + 1 : end;
    return text.at(i) == '\n' && i + 1 < limit ? i + 1 : 0;
  }

  /** The name of a line's property in upper case, without group and parameters; or empty. */
  private static String property(CharView text, int from, int to) {
    int end = text.skip(from, Math.min(to, from + 24), Chars.LABEL);
    int start = from;
    if (text.at(end) == '.') {
      start = end + 1;
      end = text.skip(start, Math.min(to, start + 24), Chars.LABEL);
    }
    boolean named = end > start && (text.at(end) == ':' || text.at(end) == ';');
    return named ? text.text(start, end).toUpperCase(Locale.ROOT) : "";
  }

  /** Index of the colon before a line's value; 0 if there is none. */
  private static int colon(CharView text, int from, int to) {
    for (int i = from; i < Math.min(to, from + 128); i++) {
      if (text.at(i) == ':') {
        return i;
      }
    }
    return 0;
  }
}
