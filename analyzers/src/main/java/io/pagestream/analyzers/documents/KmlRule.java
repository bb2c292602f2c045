package io.pagestream.analyzers.documents;

import io.pagestream.analyzers.chars.CharView;
import io.pagestream.analyzers.chars.Report;
import io.pagestream.analyzers.chars.TextRule;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Documents of placemarks: OGC KML 2.3. The root element has KML's namespace, or the first
 * coordinates are valid. The value is the first name, else the first coordinates. A document whose
 * end is not within 4,096 characters has the attribute {@code cut}.
 */
final class KmlRule implements TextRule {
  private static final int FIRST = -4;
  private static final int MAX_CHARS = 4096;
  private static final int MAX_TAG_CHARS = 256;
  private static final int MAX_VALUE_CHARS = 96;

  @Override
  public boolean examine(CharView text, Report report) {
    boolean namespace = false;
    String name = null;
    String coordinates = null;
    int end = 0;
    boolean complete = false;
    int i = 0;
    for (; i < MAX_CHARS && isText(text.at(i)); i++) {
      int c = text.lower(i);
      if (c == '/' && i < MAX_TAG_CHARS && text.startsWith(i, "/kml/")) {
        namespace = true;
      } else if (c == '<' && i > 0 && text.startsWith(i, "<kml")) {
        break; // the next document
      } else if (c == '<' && text.startsWith(i, "</kml>")) {
        end = i + 6;
        complete = true;
        break;
      } else if (c == '<' && name == null && text.startsWith(i, "<name>")) {
        name = element(text, i + 6);
      } else if (c == '<' && coordinates == null && text.startsWith(i, "<coordinates>")) {
        coordinates = element(text, i + 13);
      }
    }
    name = name == null || name.isEmpty() ? null : name;
    String point =
        coordinates != null && Positions.isLongitudeFirst(coordinates) ? coordinates : null;
    if (!namespace && point == null) {
      return false;
    }
    String value = name != null ? name : point != null ? point : "kml";
    Map<String, String> attributes = new LinkedHashMap<>();
    if (point != null) {
      attributes.put("coordinates", point);
    }
    if (!complete) {
      end = i;
      attributes.put("cut", "true");
    }
    report.found(DocumentsAnalyzer.KML, text, FIRST, end, value, attributes, null);
    return complete;
  }

  private static boolean isText(int character) {
    return character >= ' ' || character == '\t' || character == '\n' || character == '\r';
  }

  private static String element(CharView text, int from) {
    int to = from;
    while (to < from + MAX_VALUE_CHARS && isText(text.at(to)) && text.at(to) != '<') {
      to++;
    }
    return text.text(from, to).strip();
  }
}
