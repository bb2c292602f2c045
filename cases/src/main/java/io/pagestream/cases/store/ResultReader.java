package io.pagestream.cases.store;

import java.sql.ResultSet;
import java.sql.SQLException;

/** Processes the rows of a result, which is closed when the method returns. */
@FunctionalInterface
public interface ResultReader<T> {
  /** Reads; the cursor is before the first row. */
  T read(ResultSet rows) throws SQLException;
}
