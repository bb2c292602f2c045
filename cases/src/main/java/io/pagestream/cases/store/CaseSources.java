package io.pagestream.cases.store;

import io.pagestream.cases.seal.CaseFiles;
import io.pagestream.cases.seal.CheckedCase;
import io.pagestream.cases.seal.FileHash;
import io.pagestream.cases.seal.FileStamp;
import io.pagestream.cases.seal.SealedFile;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.duckdb.DuckDBConnection;

/**
 * The sources of a store: the SHA-256 of the files, by name, and the version of the tables. A store
 * whose sources differ from those of the case is stale.
 */
record CaseSources(SortedMap<String, String> sha256) {
  /**
   * The version of the tables, increased when one of them changes, and the columns of findings, so
   * that stores of other versions are rebuilt.
   */
  private static final String VERSION = "6-" + Integer.toHexString(FindingSql.TABLE.hashCode());

  private static final List<String> FILES =
      List.of(CaseFiles.MANIFEST, CaseFiles.FINDINGS, CaseFiles.VERDICTS);

  CaseSources {
    sha256 = new TreeMap<>(sha256);
  }

  /**
   * The sources of a case. The hashes are the sealed ones if the seal is valid; otherwise the files
   * are read.
   *
   * @throws PagestreamException {@link ErrorCode#FILE_NOT_FOUND} if a file is missing
   */
  static CaseSources of(CheckedCase checked) {
    SortedMap<String, String> sha256 = new TreeMap<>();
    sha256.put("schema", VERSION);
    for (String name : FILES) {
      Path file = checked.folder().resolve(name);
      Optional<String> sealed =
          checked.holds()
              ? checked.seal().file(name).map(SealedFile::content).map(c -> c.sha256())
              : Optional.empty();
      if (name.equals(CaseFiles.MANIFEST)) {
        sha256.put(name, checked.seal().manifestSha256());
      } else if (sealed.isPresent()) {
        sha256.put(name, sealed.get());
      } else if (!name.equals(CaseFiles.VERDICTS) // which cases of the first version lack
          || FileStamp.of(file).kind() != FileStamp.Kind.MISSING) {
        sha256.put(name, FileHash.of(file, bytes -> {}).sha256());
      }
    }
    return new CaseSources(sha256);
  }

  /**
   * Reads the files and compares them with the hashes: a store is built only from sealed content,
   * even if a file was changed without changing its size and time.
   *
   * @throws PagestreamException {@link ErrorCode#CASE_ALTERED}
   */
  void requireSame(Path folder) {
    for (String name : FILES) {
      String expected = sha256.get(name);
      if (expected != null
          && !FileHash.of(folder.resolve(name), bytes -> {}).sha256().equals(expected)) {
        throw PagestreamException.inFile(
            ErrorCode.CASE_ALTERED,
            folder.resolve(name).toString(),
            "the case was altered: the file has other content than was sealed",
            "run 'pagestream verify' for the details");
      }
    }
  }

  /** The metadata of the files, to detect a change while they are read. */
  static List<FileStamp> stamps(Path folder) {
    return FILES.stream().map(name -> FileStamp.of(folder.resolve(name))).toList();
  }

  boolean has(String name) {
    return sha256.containsKey(name);
  }

  /** The sources recorded in a store. */
  static CaseSources kept(DuckDBConnection store) throws SQLException {
    SortedMap<String, String> kept = new TreeMap<>();
    try (Statement statement = store.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT name, sha256 FROM store_sources LIMIT 10")) {
      while (rows.next()) {
        kept.put(rows.getString(1), rows.getString(2));
      }
    }
    return new CaseSources(kept);
  }

  void keep(DuckDBConnection store) throws SQLException {
    try (PreparedStatement insert =
        store.prepareStatement("INSERT INTO store_sources VALUES (?, ?)")) {
      for (var source : sha256.entrySet()) {
        insert.setString(1, source.getKey());
        insert.setString(2, source.getValue());
        insert.execute();
      }
    }
  }
}
