package io.pagestream.exports.format;

import java.io.IOException;
import java.nio.file.Path;

/** Apache Parquet, written by the store itself: columns as in the view {@code findings}. */
final class ParquetExport implements PathExport {
  @Override
  public boolean isFolder() {
    return false;
  }

  @Override
  public ExportCounts write(ExportSource source, Path path) throws IOException {
    // In the order of the case, which the store preserves. The file exists, with its permissions.
    String copy =
        "COPY (SELECT * FROM findings WHERE "
            + source.literalCondition()
            + ") TO '"
            + path.toAbsolutePath().toString().replace("'", "''")
            + "' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 100000, USE_TMP_FILE false)";
    return ExportCounts.all(source.copy(copy, path));
  }
}
