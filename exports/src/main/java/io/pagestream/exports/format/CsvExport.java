package io.pagestream.exports.format;

import io.pagestream.cases.finding.FindingColumn;
import io.pagestream.cases.live.FindingWriter;
import io.pagestream.cases.text.CsvText;
import io.pagestream.schemas.avro.Finding;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Comma-separated values (RFC 4180): UTF-8, a header, addresses in decimal, attributes as {@code
 * name=value} with semicolons between. Safe to open in a spreadsheet, see {@link CsvText}.
 */
final class CsvExport implements LineExport {
  private static final String HEADER =
      FindingColumn.ALL.stream().map(FindingColumn::sql).collect(Collectors.joining(","));

  @Override
  public FindingWriter open(OutputStream out, ExportFacts facts) throws IOException {
    Writer csv = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    csv.write(HEADER + CsvText.END_OF_LINE);
    return new FindingWriter() {
      @Override
      public void write(Finding finding) throws IOException {
        row(csv, finding);
      }

      @Override
      public void flush() throws IOException {
        csv.flush();
      }
    };
  }

  private static void row(Writer csv, Finding finding) throws IOException {
    String between = "";
    for (FindingColumn column : FindingColumn.ALL) {
      csv.write(between);
      between = ",";
      switch (column.value(finding)) {
        case Number number -> csv.write(number.toString());
        case Map<?, ?> texts -> csv.write(CsvText.field(attributes(texts)));
        case Object text -> csv.write(CsvText.field(text.toString()));
      }
    }
    csv.write(CsvText.END_OF_LINE);
  }

  private static String attributes(Map<?, ?> attributes) {
    StringBuilder text = new StringBuilder();
    new TreeMap<Object, Object>(attributes)
        .forEach((name, value) ->
            text.append(text.isEmpty() ? "" : "; ").append(name).append('=').append(value));
    return text.toString();
  }
}
