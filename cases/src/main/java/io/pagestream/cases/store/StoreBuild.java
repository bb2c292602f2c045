package io.pagestream.cases.store;

import io.pagestream.cases.seal.CaseFiles;
import io.pagestream.cases.seal.FileStamp;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBConnection;

/** Fills a new store from the files of a case. */
record StoreBuild(Path folder, StoreSettings settings) {
  /**
   * Fills it.
   *
   * @param unfinished the store, which does not exist yet
   * @param temporary folder for data that does not fit into memory; created when it is needed
   * @throws PagestreamException {@link ErrorCode#RECORD_CORRUPT} if a file of the case is damaged
   */
  void fill(Path unfinished, Path temporary, CaseSources now) throws IOException {
    Map<String, String> names =
        Map.of(
            "manifest", Database.literal(folder.resolve(CaseFiles.MANIFEST)),
            "manifest_bytes", Long.toString(manifestBound()),
            "findings", Database.literal(folder.resolve(CaseFiles.FINDINGS)),
            "verdicts", Database.literal(folder.resolve(CaseFiles.VERDICTS)));
    String step = "schema.sql";
    try (DuckDBConnection store =
        Database.open(unfinished, temporary, settings, Database.Access.BUILD, List.of())) {
      Database.run(store, step, Map.of(), unfinished);
      step = "load-manifest.sql";
      Database.run(store, step, names, unfinished);
      step = "load-findings.sql";
      Database.run(store, step, names, unfinished);
      if (now.has(CaseFiles.VERDICTS)) {
        step = "load-verdicts.sql";
        Database.run(store, step, names, unfinished);
      }
      step = "refresh.sql";
      Database.run(store, step, Map.of(), unfinished);
      now.keep(store);
    } catch (SQLException e) {
      throw wrong(step, e);
    }
  }

  /** A manifest is one object; DuckDB requires a maximum object size, which has a lower limit. */
  private long manifestBound() {
    long size = FileStamp.of(folder.resolve(CaseFiles.MANIFEST)).sizeBytes();
    return Math.max(16L << 20, size + 1);
  }

  private PagestreamException wrong(String step, SQLException cause) throws IOException {
    String what = Database.firstLine(cause);
    if (what.startsWith("IO Error") || what.startsWith("Out of Memory")) {
      throw new IOException(what, cause);
    }
    String file = step.contains("findings") ? CaseFiles.FINDINGS : CaseFiles.MANIFEST;
    return PagestreamException.inFile(
            ErrorCode.RECORD_CORRUPT,
            folder.resolve(step.contains("verdicts") ? CaseFiles.VERDICTS : file).toString(),
            what,
            "the case folder is damaged: analyze the images again")
        .causedBy(cause);
  }
}
