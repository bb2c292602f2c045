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
 * A store that can be asked, in SQL; {@code docs/store.md} has the schema. Any number of threads
 * may ask at once; every question sees one state of the store.
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

  /** A connection of its own to the same store, for one thread. */
  final DuckDBConnection connect() throws SQLException {
    return connection.duplicate();
  }

  /**
   * Asks a question. Rows come as they are read, so the answer may be of any size.
   *
   * @param sql one or more statements with {@code ?} for parameters; the last one's answer is given
   * @throws PagestreamException {@link ErrorCode#USAGE} if the SQL is wrong, asks for what is not
   *     allowed or for more memory than there is, or takes too long
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
      // A question that is stopped while its rows are read ends with any of several errors.
      if (limit() > 0 && System.nanoTime() - started >= settings.timeout().toNanos()) {
        throw tooLong(e);
      }
      throw PagestreamException.of(
              ErrorCode.USAGE, "the query fails: " + oneLine(e), "docs/store.md has the schema")
          .causedBy(e);
    }
  }

  /**
   * Runs a statement of ours that writes one of the files that the store was opened for.
   *
   * @param file the file
   * @return rows written
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

  /** DuckDB draws the place of an error below its message: the message and that line's text do. */
  private static String oneLine(SQLException e) {
    return String.valueOf(e.getMessage())
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.chars().allMatch(c -> c == '^' || c == '~'))
        .reduce((first, next) -> first + " | " + next)
        .orElse("");
  }

  /** Lets go of the store. */
  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw Database.unusable(file, e);
    }
  }
}
