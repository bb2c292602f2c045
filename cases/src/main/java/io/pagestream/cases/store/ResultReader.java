package io.pagestream.cases.store;

import java.sql.ResultSet;
import java.sql.SQLException;

/** Makes something of an answer's rows. The answer is gone when it returns. */
@FunctionalInterface
public interface ResultReader<T> {
  /** Reads; the cursor stands before the first row. */
  T read(ResultSet rows) throws SQLException;
}
