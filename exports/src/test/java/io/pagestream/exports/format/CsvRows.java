package io.pagestream.exports.format;

import java.util.ArrayList;
import java.util.List;

/** Reads RFC 4180 strictly: deviations from its grammar are errors. */
final class CsvRows {
  private CsvRows() {}

  static List<List<String>> parse(String text) {
    List<List<String>> rows = new ArrayList<>();
    List<String> row = new ArrayList<>();
    int i = 0;
    while (i < text.length()) {
      StringBuilder field = new StringBuilder();
      if (text.charAt(i) == '"') {
        for (i++; text.charAt(i) != '"' || text.startsWith("\"\"", i); i++) {
          field.append(text.charAt(i));
          if (text.charAt(i) == '"') {
            i++;
          }
        }
        i++;
      } else {
        for (; text.charAt(i) != ',' && text.charAt(i) != '\r'; i++) {
          if (text.charAt(i) == '"' || text.charAt(i) == '\n') {
            throw new IllegalArgumentException("a bare quote or line feed at " + i);
          }
          field.append(text.charAt(i));
        }
      }
      row.add(field.toString());
      if (text.charAt(i) == ',') {
        i++;
      } else if (text.startsWith("\r\n", i)) {
        i += 2;
        rows.add(row);
        row = new ArrayList<>();
      } else {
        throw new IllegalArgumentException("neither comma nor end of line at " + i);
      }
    }
    return rows;
  }
}
