package io.pagestream.exports.format;

import io.pagestream.cases.casefolder.FindingJson;
import io.pagestream.cases.live.FindingWriter;
import io.pagestream.schemas.avro.Finding;
import java.io.IOException;
import java.io.OutputStream;

/** JSON lines: the same bytes as {@code findings.jsonl}. */
final class JsonlExport implements LineExport {
  @Override
  public FindingWriter open(OutputStream out, ExportFacts facts) throws IOException {
    FindingJson json = new FindingJson(out);
    return new FindingWriter() {
      @Override
      public void write(Finding finding) throws IOException {
        json.write(finding);
      }

      @Override
      public void flush() throws IOException {
        json.flush();
      }
    };
  }
}
