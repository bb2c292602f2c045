package io.pagestream.cases.store;

import io.pagestream.cases.space.SpaceWatch;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.error.SystemFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.List;
import org.duckdb.DuckDBConnection;

/**
 * A store that is queried with SQL; {@code docs/store.md} has the schema. Any number of threads may
 * query it concurrently; every query sees one state of the store.
 */
public class FindingStore implements AutoCloseable {
  private final Path file;
  private final StoreSettings settings;
  private final DuckDBConnection connection;

  FindingStore(Path file, StoreSettings settings, DuckDBConnection connection) {
    this.file = file;
    this.settings = settings;
    this.connection = connection;
  }

  /** The store's file. */
  public final Path file() {
    return file;
  }

  /** A separate connection to the same store, for one thread. */
  final DuckDBConnection connect() throws SQLException {
    return connection.duplicate();
  }

  /**
   * Runs a query. Rows are streamed, so the result may be of any size.
   *
   * @param sql one or more statements with {@code ?} for parameters; the result is that of the last
   *     one
   * @throws PagestreamException {@link ErrorCode#USAGE} if the SQL is invalid, requires a forbidden
   *     operation or too much memory, or takes too long
   */
  public final <T> T ask(String sql, List<?> parameters, ResultReader<T> reader) {
    long started = System.nanoTime();
    try (DuckDBConnection own = connect();
        PreparedStatement statement = own.prepareStatement(sql)) {
      statement.setQueryTimeout(limit());
      for (int i = 0; i < parameters.size(); i++) {
        statement.setObject(i + 1, parameters.get(i));
      }
      if (!statement.execute()) {
        throw PagestreamException.of(
            ErrorCode.USAGE, "the statement has no answer", "ask with SELECT");
      }
      try (ResultSet rows = statement.getResultSet()) {
        return reader.read(rows);
      }
    } catch (SQLTimeoutException e) {
      throw tooLong(e);
    } catch (SQLException e) {
      // A query that is stopped while its rows are read can end with several different errors.
      if (limit() > 0 && System.nanoTime() - started >= settings.timeout().toNanos()) {
        throw tooLong(e);
      }
      throw PagestreamException.of(
              ErrorCode.USAGE, "the query fails: " + oneLine(e), "docs/store.md has the schema")
          .causedBy(e);
    }
  }

  /**
   * Runs an internal statement that writes one of the files for which the store was opened.
   *
   * @param file the file
   * @return number of rows written
   * @throws PagestreamException {@link SystemFailure#writing} if it cannot be written
   */
  public final long copy(String sql, Path file) {
    try (DuckDBConnection own = connect();
        Statement statement = own.createStatement();
        SpaceWatch watch = SpaceWatch.of(file, statement)) {
      try {
        return statement.executeLargeUpdate(sql);
      } catch (SQLException e) {
        watch.throwIfCancelled(e);
        throw e;
      }
    } catch (IOException e) {
      throw PagestreamException.inFile(
              ErrorCode.DISK_FULL,
              file.toString(),
              "cannot be written: " + e.getMessage(),
              "free some space, or write it elsewhere")
          .causedBy(e);
    } catch (SQLException e) {
      throw SystemFailure.writing("the export", "cannot be written: " + oneLine(e), e);
    }
  }

  private int limit() {
    return Math.toIntExact(Math.min(settings.timeout().toSeconds(), Integer.MAX_VALUE));
  }

  private PagestreamException tooLong(SQLException cause) {
    return PagestreamException.of(
            ErrorCode.USAGE,
            "the query takes longer than " + settings.timeout().toSeconds() + " s",
            "ask for less, or allow more with --timeout")
        .causedBy(cause);
  }

  /**
   * DuckDB marks the position of an error below its message; the message and the line are enough.
   */
  private static String oneLine(SQLException e) {
    return String.valueOf(e.getMessage())
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.chars().allMatch(c -> c == '^' || c == '~'))
        .reduce((first, next) -> first + " | " + next)
        .orElse("");
  }

  /** Closes the store. */
  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw Database.unusable(file, e);
    }
  }
}
