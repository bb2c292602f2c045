package io.pagestream.cases.store;

import io.pagestream.cases.casefolder.PrivateFiles;
import io.pagestream.cases.seal.CaseFiles;
import io.pagestream.cases.seal.CheckedCase;
import io.pagestream.cases.seal.FileStamp;
import io.pagestream.cases.seal.SealDifference;
import io.pagestream.cases.seal.SealedFile;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.error.SystemFailure;
import io.pagestream.schemas.temporary.ProcessFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.duckdb.DuckDBConnection;

/**
 * Compares a case's store with the case: a second store is built from the case's files in the
 * folder for temporary files. Every row and field of every table is compared, and every definition.
 * Nothing that is defined in the store is executed.
 */
public final class StoreComparison {
  private static final int MOST_ROWS = 20;

  /** The definitions in a store: none may be added, replaced or removed. */
  private static final Map<String, String> DEFINITIONS =
      new TreeMap<>(
          Map.of(
              "table", "SELECT table_name, sql FROM duckdb_tables() WHERE database_name = '%s'",
              "view",
                  "SELECT view_name, sql FROM duckdb_views() WHERE database_name = '%s' AND NOT internal",
              "macro",
                  "SELECT function_name, macro_definition FROM duckdb_functions() WHERE database_name = '%s' AND NOT internal",
              "index", "SELECT index_name, sql FROM duckdb_indexes() WHERE database_name = '%s'",
              "sequence",
                  "SELECT sequence_name, sql FROM duckdb_sequences() WHERE database_name = '%s'",
              "type",
                  "SELECT type_name, logical_type FROM duckdb_types() WHERE database_name = '%s' AND NOT internal",
              "schema",
                  "SELECT schema_name, sql FROM duckdb_schemas() WHERE database_name = '%s' AND NOT internal"));

  private final CheckedCase checked;
  private final Path folder;
  private final StoreSettings settings;
  private final Consumer<SealDifference> differs;

  private StoreComparison(
      CheckedCase checked, StoreSettings settings, Consumer<SealDifference> differs) {
    this.checked = checked;
    this.folder = checked.folder().toAbsolutePath();
    this.settings = settings;
    this.differs = differs;
  }

  /**
   * Compares.
   *
   * @param checked the case; there must be a store in its folder
   * @param differs receives the differences
   */
  public static void run(
      CheckedCase checked, StoreSettings settings, Consumer<SealDifference> differs) {
    new StoreComparison(checked, settings, differs).run();
  }

  private void run() {
    Path store = folder.resolve(CaseFiles.STORE);
    if (FileStamp.of(folder.resolve(CaseFiles.STORE_LOG)).kind() != FileStamp.Kind.MISSING) {
      differs(CaseFiles.STORE_LOG, "is next to the store and would change its content");
      return;
    }
    Optional<StoreSeal> seal = StoreSeal.read(folder);
    CaseSources now = CaseSources.of(checked);
    boolean intact = seal.isPresent() && seal.get().hasContentOf(store);
    if (seal.isEmpty()) {
      differs(CaseFiles.STORE_SEAL, "is missing or malformed");
    } else if (!intact) {
      differs(CaseFiles.STORE, "has changed since it was built");
    }
    boolean ofThisCase = seal.isPresent() && seal.get().sources().equals(now.sha256());
    if (seal.isPresent() && !ofThisCase) {
      differs(
          CaseFiles.STORE_SEAL,
          "names other files than the case has: the store is stale, and is rebuilt when it is next"
              + " needed");
    }
    // An intact store that was built before the findings were changed shows the changed lines.
    boolean witness = intact && !ofThisCase && isOfSealed(seal.get());
    if (ofThisCase || seal.isEmpty() || witness) {
      build(store, now, witness ? CaseFiles.FINDINGS : CaseFiles.STORE);
    }
  }

  private boolean isOfSealed(StoreSeal seal) {
    return List.of(CaseFiles.FINDINGS, CaseFiles.VERDICTS).stream()
        .allMatch(name ->
            checked
                .seal()
                .file(name)
                .map(SealedFile::content)
                .filter(content -> content.sha256().equals(seal.sources().get(name)))
                .isPresent());
  }

  private void build(Path store, CaseSources now, String blamed) {
    Path work = temporaryFolder();
    try {
      Path reference = work.resolve(CaseFiles.STORE);
      new StoreBuild(folder, settings).fill(reference, work.resolve("temp"), now);
      compare(work, store, reference, blamed);
    } catch (PagestreamException e) {
      if (e.code() != ErrorCode.RECORD_CORRUPT) {
        throw e;
      }
      differs(CaseFiles.STORE, "cannot be compared, since the case is damaged: " + e.getMessage());
    } catch (IOException e) {
      throw unwritable(e);
    } finally {
      delete(work);
    }
  }

  private static Path temporaryFolder() {
    try {
      return ProcessFolder.newFolder("verify-");
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private static void delete(Path work) {
    try {
      PrivateFiles.deleteTree(work);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private static PagestreamException unwritable(IOException cause) {
    return SystemFailure.writing(
        System.getProperty("java.io.tmpdir", "/tmp"),
        "the store cannot be made a second time for comparison (--no-store leaves it out)",
        cause);
  }

  private void compare(Path work, Path store, Path reference, String blamed) {
    try (DuckDBConnection both =
            Database.open(
                work.resolve("compare.duckdb"),
                work.resolve("compare-temp"),
                settings,
                Database.Access.BUILD,
                List.of());
        Statement sql = both.createStatement()) {
      sql.execute("ATTACH " + Database.literal(reference) + " AS ours (READ_ONLY)");
      try {
        sql.execute("ATTACH " + attached(store) + " AS theirs (READ_ONLY)");
      } catch (SQLException e) {
        differs(CaseFiles.STORE, "cannot be opened: " + Database.firstLine(e));
        return;
      }
      sql.execute("SET enable_external_access = false");
      if (definitions(sql)) {
        for (String table : tables(sql)) {
          if (table.equals("finding_rows")) {
            findings(sql, blamed);
          } else {
            rows(sql, table);
          }
        }
      }
    } catch (SQLException e) {
      differs(CaseFiles.STORE, "cannot be compared: " + Database.firstLine(e));
    }
  }

  /** ATTACH uses the name literally, not as a pattern. */
  private static String attached(Path file) {
    return "'" + file.toAbsolutePath().toString().replace("'", "''") + "'";
  }

  private boolean definitions(Statement sql) throws SQLException {
    boolean same = true;
    for (Map.Entry<String, String> kind : DEFINITIONS.entrySet()) {
      Map<String, String> ours = definitions(sql, kind.getValue().formatted("ours"));
      Map<String, String> theirs = definitions(sql, kind.getValue().formatted("theirs"));
      if (!ours.equals(theirs)) {
        TreeMap<String, String> names = new TreeMap<>(theirs);
        names.entrySet().removeAll(ours.entrySet());
        differs(
            CaseFiles.STORE,
            "has another definition of a %s than it was made with: %s"
                .formatted(kind.getKey(), names.isEmpty() ? "one is missing" : names.firstKey()));
        same = false;
      }
    }
    return same;
  }

  private static Map<String, String> definitions(Statement sql, String question)
      throws SQLException {
    Map<String, String> found = new TreeMap<>();
    try (ResultSet rows = sql.executeQuery(question)) {
      while (rows.next()) {
        String text = String.valueOf(rows.getString(2));
        found.merge(
            rows.getString(1),
            text.replace("ours.", "").replace("theirs.", ""),
            (one, other) -> one + "\n" + other);
      }
    }
    return found;
  }

  private static List<String> tables(Statement sql) throws SQLException {
    return new ArrayList<>(
        definitions(sql, DEFINITIONS.getOrDefault("table", "").formatted("ours")).keySet());
  }

  /** Compares tables without an order: rows that are in only one of them. */
  private void rows(Statement sql, String table) throws SQLException {
    long more = count(sql, table, "theirs", "ours");
    long missing = count(sql, table, "ours", "theirs");
    if (more + missing > 0) {
      differs(
          CaseFiles.STORE,
          "table %s: %,d rows are not the case's, %,d are missing".formatted(table, more, missing));
    }
  }

  private static long count(Statement sql, String table, String in, String notIn)
      throws SQLException {
    String question =
        "SELECT count(*) FROM (SELECT * FROM %s.main.%s EXCEPT ALL SELECT * FROM %s.main.%s)"
            .formatted(in, table, notIn, table);
    try (ResultSet rows = sql.executeQuery(question)) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }

  /**
   * Compares findings, which are in the order of the case in both stores, row by row in one pass.
   */
  private void findings(Statement sql, String blamed) throws SQLException {
    List<String> columns = new ArrayList<>();
    try (ResultSet rows = sql.executeQuery("DESCRIBE ours.main.finding_rows")) {
      while (rows.next()) {
        String column = "\"" + rows.getString(1) + "\"";
        columns.add("o." + column + " IS DISTINCT FROM t." + column);
      }
    }
    String question =
        "SELECT coalesce(o.rowid, t.rowid) + 1 AS line FROM ours.main.finding_rows o POSITIONAL JOIN"
            + " theirs.main.finding_rows t WHERE "
            + String.join(" OR ", columns)
            + " LIMIT "
            + MOST_ROWS;
    try (ResultSet rows = sql.executeQuery(question)) {
      while (rows.next()) {
        String what =
            blamed.equals(CaseFiles.STORE)
                ? "differs from %s in this finding".formatted(CaseFiles.FINDINGS)
                : "differs from the store, which was made from the sealed file";
        differs.accept(new SealDifference(blamed, rows.getLong(1), what));
      }
    }
  }

  private void differs(String file, String what) {
    differs.accept(SealDifference.of(file, what));
  }
}
