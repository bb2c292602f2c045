package io.pagestream.cases.live;

import io.pagestream.schemas.avro.Finding;
import java.io.IOException;

/** Writes findings one after the other. */
public interface FindingWriter {
  /** Writes or omits a finding; the record is reused for the next one. */
  void write(Finding finding) throws IOException;

  /** Flushes the output. */
  void flush() throws IOException;

  /** Number of findings omitted because the format cannot represent them. */
  default long leftOut() {
    return 0;
  }

  /** The reason for omitting them, and a remedy; empty if none were omitted. */
  default String whyLeftOut() {
    return "";
  }
}
