package io.pagestream.cases.live;

import io.pagestream.schemas.avro.Finding;
import java.io.IOException;

/** Writes findings one after the other. */
public interface FindingWriter {
  /** Writes one, or leaves it out; the record is used again for the next. */
  void write(Finding finding) throws IOException;

  /** Brings out what has been written. */
  void flush() throws IOException;

  /** Findings that were left out, since the format cannot hold them. */
  default long leftOut() {
    return 0;
  }

  /** Why they were left out, and what to do; empty if none were. */
  default String whyLeftOut() {
    return "";
  }
}
