package io.pagestream.findings.store;

import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.duckdb.DuckDBConnection;

/** The files that a store is made from, as they were when it was made: whether it is stale. */
record CaseSources(List<Source> sources) {
  static final String FINDINGS = "findings.jsonl";
  static final String VERDICTS = "verdicts.jsonl";
  static final String MANIFEST = "manifest.json";

  /** Raised when the tables change, so that stores of other versions are made anew. */
  private static final Source SCHEMA = new Source("schema", 3, 0);

  /**
   * One file.
   *
   * @param name its name in the case folder
   * @param sizeBytes its size, in bytes
   * @param modifiedNanos when it was last changed, in nanoseconds since 1970
   */
  record Source(String name, long sizeBytes, long modifiedNanos) {}

  CaseSources {
    sources = List.copyOf(sources);
  }

  /**
   * The files as they are now.
   *
   * @throws PagestreamException {@link ErrorCode#FILE_NOT_FOUND} if the folder holds no finished
   *     case
   */
  static CaseSources of(Path folder) {
    List<Source> sources = new ArrayList<>();
    sources.add(SCHEMA);
    for (String name : List.of(MANIFEST, FINDINGS, VERDICTS)) {
      Path file = folder.resolve(name);
      if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        sources.add(source(name, file));
      } else if (!name.equals(VERDICTS)) { // which cases of the first version lack
        throw PagestreamException.inFile(
            ErrorCode.FILE_NOT_FOUND,
            file.toString(),
            "no finished case: the file does not exist",
            "give the folder that analyze has written");
      }
    }
    return new CaseSources(sources);
  }

  private static Source source(String name, Path file) {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return new Source(name, now.size(), now.lastModifiedTime().to(TimeUnit.NANOSECONDS));
    } catch (IOException e) {
      throw PagestreamException.inFile(
              ErrorCode.FILE_NOT_READABLE,
              file.toString(),
              "the file cannot be read: " + e.getMessage(),
              "check its permissions")
          .causedBy(e);
    }
  }

  boolean has(String name) {
    return sources.stream().anyMatch(source -> source.name().equals(name));
  }

  long sizeBytes(String name) {
    return sources.stream()
        .filter(source -> source.name().equals(name))
        .mapToLong(Source::sizeBytes)
        .sum();
  }

  /** The files that a store says it was made from. */
  static CaseSources kept(DuckDBConnection store) throws SQLException {
    List<Source> sources = new ArrayList<>();
    try (Statement statement = store.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT name, size_bytes, modified_ns FROM store_sources")) {
      while (rows.next()) {
        sources.add(new Source(rows.getString(1), rows.getLong(2), rows.getLong(3)));
      }
    }
    return new CaseSources(sources);
  }

  void keep(DuckDBConnection store) throws SQLException {
    try (PreparedStatement insert =
        store.prepareStatement("INSERT INTO store_sources VALUES (?, ?, ?)")) {
      for (Source source : sources) {
        insert.setString(1, source.name());
        insert.setLong(2, source.sizeBytes());
        insert.setLong(3, source.modifiedNanos());
        insert.execute();
      }
    }
  }
}
