package io.pagestream.exports.format;

import io.pagestream.cases.live.FindingWriter;
import java.io.IOException;
import java.io.OutputStream;

/** A format that takes one finding after the other, so that it can follow a live cluster too. */
public interface LineExport extends StreamExport {
  /**
   * Begins.
   *
   * @param out buffered; not closed
   */
  FindingWriter open(OutputStream out, ExportFacts facts) throws IOException;

  @Override
  default ExportCounts write(ExportSource source, OutputStream out) throws IOException {
    FindingWriter writer = open(out, source.facts());
    long findings = source.forEach(writer::write);
    writer.flush();
    return new ExportCounts(findings - writer.leftOut(), writer.leftOut(), writer.whyLeftOut());
  }
}
