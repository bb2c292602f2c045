package io.pagestream.exports.format;

import java.io.IOException;
import java.io.OutputStream;

/** A format that is written as one stream of bytes, to a file or to standard output. */
public non-sealed interface StreamExport extends FindingExport {
  /**
   * Writes all findings of the source.
   *
   * @param out buffered; not closed
   * @return what was written
   */
  ExportCounts write(ExportSource source, OutputStream out) throws IOException;
}
