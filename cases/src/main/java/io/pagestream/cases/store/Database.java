package io.pagestream.cases.store;

import io.pagestream.cases.space.SpaceWatch;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;

/** Opens DuckDB with safe settings, and runs the scripts of Pagestream. */
final class Database {
  private Database() {}

  /** The permissions of a connection. */
  enum Access {
    /** Only internal statements, which read the case folder's files and write the store. */
    BUILD,
    /** Internal statements write the store and read nothing else. */
    FILL,
    /** Arbitrary statements: nothing can be written, and only the store can be read. */
    READ
  }

  /**
   * A connection.
   *
   * @param file the database
   * @param temporary folder for data that does not fit into memory; created when it is needed
   * @param writable files that statements may write in any case
   * @throws SQLException if it is not a database of this version, or another process writes it
   */
  static DuckDBConnection open(
      Path file, Path temporary, StoreSettings settings, Access access, List<Path> writable)
      throws SQLException {
    requirePossible(file);
    Properties options = new Properties();
    options.setProperty("memory_limit", settings.memoryMebibytes() + "MiB");
    options.setProperty("threads", Integer.toString(settings.threads()));
    options.setProperty("temp_directory", temporary.toString());
    options.setProperty("autoinstall_known_extensions", "false");
    options.setProperty("autoload_known_extensions", "false");
    options.setProperty("allow_community_extensions", "false");
    options.setProperty("allow_persistent_secrets", "false");
    // Rows are streamed: a result may be larger than memory.
    options.setProperty(DuckDBDriver.JDBC_STREAM_RESULTS, "true");
    if (access == Access.READ) {
      options.setProperty("access_mode", "READ_ONLY");
    }
    if (!writable.isEmpty()) {
      options.setProperty(
          "allowed_paths",
          writable.stream()
              .map(path -> "'" + path.toAbsolutePath().toString().replace("'", "''") + "'")
              .collect(Collectors.joining(", ", "[", "]")));
    }
    if (access != Access.BUILD) {
      options.setProperty("enable_external_access", "false");
      options.setProperty("lock_configuration", "true");
    }
    Connection connection = new DuckDBDriver().connect("jdbc:duckdb:" + file, options);
    return connection.unwrap(DuckDBConnection.class);
  }

  /** DuckDB interprets the text after these characters in a database's name as options. */
  private static void requirePossible(Path file) {
    String name = file.toString();
    if (name.indexOf('?') >= 0 || name.indexOf(';') >= 0) {
      throw PagestreamException.inFile(
          ErrorCode.USAGE,
          name,
          "no findings store can be kept in a folder whose name has ? or ; in it",
          "rename the folder");
    }
  }

  /**
   * Runs a script.
   *
   * @param name its file
   * @param names SQL values for the names in braces
   */
  static void run(Connection connection, String name, Map<String, String> names)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(filled(name, names));
    }
  }

  /**
   * Runs a script that writes a file, while the disk has free space.
   *
   * @throws IOException if the disk is full
   */
  static void run(Connection connection, String name, Map<String, String> names, Path file)
      throws SQLException, IOException {
    try (Statement statement = connection.createStatement();
        SpaceWatch watch = SpaceWatch.of(file, statement)) {
      try {
        statement.execute(filled(name, names));
      } catch (SQLException e) {
        watch.throwIfCancelled(e);
        throw e;
      }
    }
  }

  private static String filled(String name, Map<String, String> names) {
    return replaced(script(name), names);
  }

  private static String replaced(String script, Map<String, String> names) {
    String filled = script;
    for (Map.Entry<String, String> value : names.entrySet()) {
      filled = filled.replace("{" + value.getKey() + "}", value.getValue());
    }
    return filled;
  }

  /** A script's text, with the columns of findings inserted. */
  static String script(String name) {
    try (InputStream in = Database.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the script " + name + " is not on the class path");
      }
      return replaced(new String(in.readAllBytes(), StandardCharsets.UTF_8), FindingSql.PLACES);
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + name, e);
    }
  }

  /** A file's name as an SQL string that matches only this file: globs are escaped. */
  static String literal(Path file) {
    String name = file.toAbsolutePath().toString().replaceAll("[*?\\[]", "[$0]");
    return "'" + name.replace("'", "''") + "'";
  }

  /** The error for an unusable store. */
  static PagestreamException unusable(Path file, SQLException cause) {
    return PagestreamException.inFile(
            ErrorCode.READ_FAILED,
            file.toString(),
            "the findings store cannot be used: " + firstLine(cause),
            "check the free space and the permissions; the store may be deleted; it is built again")
        .causedBy(cause);
  }

  /** The problem, in one line. */
  static String firstLine(SQLException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
