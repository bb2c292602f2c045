package io.pagestream.analyzers.documents;

import io.pagestream.analyzers.chars.CharView;
import io.pagestream.analyzers.chars.Chars;
import io.pagestream.analyzers.chars.Report;
import io.pagestream.analyzers.chars.TextRule;

/** Positions as URIs: {@code geo:52.5200,13.4050} (RFC 5870). */
final class GeoUriRule implements TextRule {
  private static final int SCHEME = -4;

  @Override
  public boolean examine(CharView text, Report report) {
    int comma = Positions.end(text, 0, 90);
    int end = comma > 0 && text.at(comma) == ',' ? Positions.end(text, comma + 1, 180) : 0;
    if (end == 0 || text.is(SCHEME - 1, Chars.WORD)) {
      return false;
    }
    report.found(DocumentsAnalyzer.GPS, text, SCHEME, end, text.text(0, end));
    return true;
  }

  @Override
  public boolean mayEndAtPageEdge() {
    return false;
  }
}
