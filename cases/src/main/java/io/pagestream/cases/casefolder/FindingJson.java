package io.pagestream.cases.casefolder;

import io.pagestream.cases.finding.FindingColumn;
import io.pagestream.cases.text.SafeJson;
import io.pagestream.schemas.avro.Finding;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.TreeMap;

/**
 * Findings as JSON lines: UTF-8, one object per line, always the same fields in the same order, so
 * that equal findings result in equal bytes.
 */
public final class FindingJson extends SafeJson {
  /** Writes to a stream, which it buffers and closes. */
  public FindingJson(OutputStream out) throws IOException {
    super(out);
  }

  /** Writes one line. */
  public void write(Finding finding) throws IOException {
    json.writeStartObject();
    for (FindingColumn column : FindingColumn.ALL) {
      switch (column.value(finding)) {
        case String text -> text(column.json(), text);
        case Number number -> json.writeNumberField(column.json(), number.longValue());
        case Map<?, ?> texts -> texts(column.json(), sorted(texts));
        default -> throw new IllegalStateException("a column of no known type");
      }
    }
    json.writeEndObject();
    json.writeRaw('\n');
  }

  private static Map<String, String> sorted(Map<?, ?> texts) {
    Map<String, String> sorted = new TreeMap<>();
    texts.forEach((name, text) -> sorted.put(name.toString(), text.toString()));
    return sorted;
  }
}
