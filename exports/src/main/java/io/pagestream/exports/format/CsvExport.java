package io.pagestream.exports.format;

import io.pagestream.cases.live.FindingWriter;
import io.pagestream.cases.text.CsvText;
import io.pagestream.cases.text.Words;
import io.pagestream.schemas.avro.Finding;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * Comma-separated values (RFC 4180): UTF-8, a header, addresses in decimal, attributes as {@code
 * name=value} with semicolons between. Safe to open in a spreadsheet, see {@link CsvText}.
 */
final class CsvExport implements LineExport {
  private static final String HEADER =
      "finding_id,image_id,image,analyzer,kind,value,physical_address,path,length,context,encoding,"
          + "range_kind,cache_type,verdict,confidence,attributes";

  @Override
  public String name() {
    return "csv";
  }

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
    text(csv, finding.getFindingId());
    text(csv, finding.getImageId());
    text(csv, finding.getImage());
    text(csv, finding.getAnalyzer());
    text(csv, finding.getKind());
    text(csv, finding.getValue());
    csv.append(Long.toString(finding.getLocation().getAddress())).append(',');
    text(csv, finding.getLocation().getPath());
    csv.append(Integer.toString(finding.getLength())).append(',');
    text(csv, finding.getContext());
    text(csv, finding.getEncoding());
    text(csv, Words.of(finding.getRangeKind()));
    text(csv, Words.of(finding.getCacheType()));
    text(csv, Words.of(finding.getVerdict()));
    text(csv, Words.of(finding.getConfidence()));
    csv.write(CsvText.field(attributes(finding.getAttributes())));
    csv.write(CsvText.END_OF_LINE);
  }

  private static void text(Writer csv, String text) throws IOException {
    csv.write(CsvText.field(text));
    csv.write(',');
  }

  private static String attributes(Map<String, String> attributes) {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(attributes)
        .forEach((name, value) ->
            text.append(text.isEmpty() ? "" : "; ").append(name).append('=').append(value));
    return text.toString();
  }
}
