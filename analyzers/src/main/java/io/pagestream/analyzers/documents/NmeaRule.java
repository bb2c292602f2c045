package io.pagestream.analyzers.documents;

import io.pagestream.analyzers.chars.CharView;
import io.pagestream.analyzers.chars.Chars;
import io.pagestream.analyzers.chars.Report;
import io.pagestream.analyzers.chars.TextRule;
import io.pagestream.schemas.avro.Confidence;
import java.util.Map;

/**
 * Sentences of satellite receivers with a position (NMEA 0183: GGA, RMC, GLL), of at most 82
 * characters. The checksum, the exclusive or of the characters between {@code $} and {@code *}, is
 * verified.
 */
final class NmeaRule implements TextRule {
  private static final int FIRST = -6;
  private static final int MAX_CHARS = 82;

  @Override
  public boolean examine(CharView text, Report report) {
    int sum = 0;
    boolean position = false;
    int i = FIRST + 1;
    for (; i < FIRST + MAX_CHARS && text.at(i) != '*'; i++) {
      int c = text.at(i);
      if (c < ' ' || c > '~') {
        return false;
      }
      sum ^= c;
      position |= c == ',' && (text.at(i + 1) == 'N' || text.at(i + 1) == 'S');
    }
    if (!position
        || text.at(i) != '*'
        || !text.is(i + 1, Chars.HEX)
        || !text.is(i + 2, Chars.HEX)
        || Integer.parseInt(text.text(i + 1, i + 3), 16) != sum) {
      return false;
    }
    report.found(
        DocumentsAnalyzer.GPS,
        text,
        FIRST,
        i + 3,
        text.text(FIRST, i + 3),
        Map.of("source", "nmea"),
        Confidence.HIGH);
    return true;
  }
}
