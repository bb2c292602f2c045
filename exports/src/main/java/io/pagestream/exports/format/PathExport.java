package io.pagestream.exports.format;

import java.io.IOException;
import java.nio.file.Path;

/** A format that requires a path in the file system. */
public non-sealed interface PathExport extends FindingExport {
  /** Whether it writes a folder; otherwise a file. */
  boolean isFolder();

  /**
   * Writes all findings of the source.
   *
   * @param path an empty private file or folder, which is renamed when it is complete
   * @return what was written
   */
  ExportCounts write(ExportSource source, Path path) throws IOException;
}
