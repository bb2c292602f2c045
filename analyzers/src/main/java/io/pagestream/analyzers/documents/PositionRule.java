package io.pagestream.analyzers.documents;

import io.pagestream.analyzers.chars.CharView;
import io.pagestream.analyzers.chars.Chars;
import io.pagestream.analyzers.chars.Report;
import io.pagestream.analyzers.chars.TextRule;

/**
 * Positions in named fields: {@code lat="52.5200" lon="13.4050"} of GPX, {@code "latitude": 52.52,
 * "longitude": 13.4} of JSON, elements and attributes of XML. Both numbers have at least three
 * digits after the point; the longitude's name follows within 64 characters. The value is latitude,
 * comma, longitude. Zero for both is not a position.
 */
final class PositionRule implements TextRule {
  private static final int MAX_GAP_CHARS = 8;
  private static final int MAX_BETWEEN_CHARS = 64;

  @Override
  public boolean examine(CharView text, Report report) {
    int latitude = number(text, text.is(0, Chars.LETTER) ? 1 : 0);
    int latitudeEnd = latitude > 0 ? Positions.end(text, latitude, 90) : 0;
    if (latitudeEnd == 0) {
      return false;
    }
    for (int i = latitudeEnd; i < latitudeEnd + MAX_BETWEEN_CHARS; i++) {
      int name = nameEnd(text, i);
      if (name > 0) {
        int longitude = number(text, name);
        int end = longitude > 0 ? Positions.end(text, longitude, 180) : 0;
        if (end == 0) {
          return false;
        }
        String value = text.text(latitude, latitudeEnd) + "," + text.text(longitude, end);
        if (value.matches("[-+0.,]+")) {
          return false;
        }
        report.found(DocumentsAnalyzer.GPS, text, latitude, end, value);
        return true;
      }
    }
    return false;
  }

  /** Index after the name of a longitude that begins at {@code from}; 0 if there is none. */
  private static int nameEnd(CharView text, int from) {
    if (text.lower(from) != 'l' || text.is(from - 1, Chars.LOWER)) {
      return 0;
    }
    for (String name : new String[] {"longitude", "long", "lon", "lng"}) {
      if (text.startsWith(from, name)) {
        return from + name.length();
      }
    }
    return 0;
  }

  /** Index of the number that follows a name after quotes, blanks, a colon or an equals sign. */
  private static int number(CharView text, int from) {
    int i = from;
    while (i < from + MAX_GAP_CHARS && " \"':=>".indexOf(Math.max(1, text.at(i))) >= 0) {
      i++;
    }
    int digit = text.at(i) == '-' || text.at(i) == '+' ? i + 1 : i;
    return i > from && text.is(digit, Chars.DIGIT) ? i : 0;
  }

  @Override
  public boolean mayEndAtPageEdge() {
    return false;
  }
}
