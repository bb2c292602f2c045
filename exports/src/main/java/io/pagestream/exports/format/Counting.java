package io.pagestream.exports.format;

import io.pagestream.cases.live.FindingWriter;
import io.pagestream.schemas.avro.Finding;
import java.io.IOException;

/** Counts the findings passed to a writer. */
final class Counting implements FindingWriter {
  private final FindingWriter writer;
  long taken;

  Counting(FindingWriter writer) {
    this.writer = writer;
  }

  @Override
  public void write(Finding finding) throws IOException {
    writer.write(finding);
    taken++;
  }

  @Override
  public void flush() throws IOException {
    writer.flush();
  }

  @Override
  public long leftOut() {
    return writer.leftOut();
  }

  @Override
  public String whyLeftOut() {
    return writer.whyLeftOut();
  }
}
