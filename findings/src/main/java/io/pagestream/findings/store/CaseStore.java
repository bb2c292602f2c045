package io.pagestream.findings.store;

import io.pagestream.findings.casefolder.PrivateFiles;
import io.pagestream.findings.text.Quantities;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.error.SystemFailure;
import io.pagestream.schemas.temporary.LockedFolder;
import io.pagestream.schemas.temporary.ProcessFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * The store of a finished case, {@code findings.duckdb} in its folder. It is derived from the other
 * files: made by the first who asks, made anew when they have changed, never half there.
 */
public final class CaseStore {
  /** The store's name in the case folder. */
  public static final String FILE = "findings.duckdb";

  private static final String WORK = ".store-";

  private final Path folder;
  private final StoreSettings settings;
  private final Consumer<String> progress;
  private final List<Path> writable;

  private CaseStore(
      Path folder, StoreSettings settings, Consumer<String> progress, List<Path> writable) {
    this.folder = folder;
    this.settings = settings;
    this.progress = progress;
    this.writable = List.copyOf(writable);
  }

  /**
   * Opens a case's store for reading, and makes it before if it is missing or stale.
   *
   * @param folder the case folder
   * @param progress told, in a line, what takes time
   * @throws PagestreamException {@link ErrorCode#FILE_NOT_FOUND} if the folder holds no finished
   *     case, {@link ErrorCode#RECORD_CORRUPT} if its files are damaged, {@link
   *     ErrorCode#DISK_FULL} if the store cannot be written
   */
  public static FindingStore open(Path folder, StoreSettings settings, Consumer<String> progress) {
    return open(folder, settings, progress, List.of());
  }

  /**
   * The same for questions of our own that write files.
   *
   * @param writable the only files that they can write
   */
  public static FindingStore open(
      Path folder, StoreSettings settings, Consumer<String> progress, List<Path> writable) {
    return new CaseStore(folder.toAbsolutePath(), settings, progress, writable).open();
  }

  private FindingStore open() {
    CaseSources now = CaseSources.of(folder);
    Path file = folder.resolve(FILE);
    FindingStore kept = openKept(file, now);
    if (kept != null) {
      return kept;
    }
    build(file, now);
    try {
      return openToRead(file);
    } catch (SQLException e) {
      throw Database.unusable(file, e);
    }
  }

  private @Nullable FindingStore openKept(Path file, CaseSources now) {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return null;
    }
    try {
      FindingStore store = openToRead(file);
      try (DuckDBConnection own = store.connect()) {
        if (CaseSources.kept(own).equals(now)) {
          return store;
        }
      } catch (SQLException e) {
        progress.accept("the findings store is of another version: " + Database.firstLine(e));
      }
      store.close();
    } catch (SQLException e) {
      progress.accept("the findings store is damaged: " + Database.firstLine(e));
    }
    return null;
  }

  private FindingStore openToRead(Path file) throws SQLException {
    // Not in the case: who reads evidence leaves no trace in it. DuckDB makes it when it is needed.
    Path temporary;
    try {
      temporary = ProcessFolder.path().resolve("store-temp");
    } catch (IOException e) {
      throw SystemFailure.temporaryFolder("no folder can be made in it", e);
    }
    return new FindingStore(
        file, settings, Database.open(file, temporary, settings, Database.Access.READ, writable));
  }

  private void build(Path file, CaseSources now) {
    long started = System.nanoTime();
    progress.accept(
        "making the findings store from %s of findings"
            .formatted(Quantities.bytes(now.sizeBytes(CaseSources.FINDINGS))));
    try (LockedFolder work = workFolder()) {
      Path unfinished = work.path().resolve(FILE);
      fill(unfinished, work.path().resolve("temp"), now);
      PrivateFiles.makePrivate(unfinished);
      Files.move(
          unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw SystemFailure.writing(folder.toString(), "the findings store cannot be written", e);
    }
    progress.accept(
        "made the findings store in %.1f s".formatted((System.nanoTime() - started) / 1e9));
  }

  /** A folder within the case in which the store is made, after what killed processes have left. */
  private LockedFolder workFolder() throws IOException {
    LockedFolder.deleteAbandoned(folder, WORK);
    return LockedFolder.create(folder, WORK);
  }

  private void fill(Path unfinished, Path temporary, CaseSources now) throws IOException {
    Map<String, String> names =
        Map.of(
            "manifest", Database.literal(folder.resolve(CaseSources.MANIFEST)),
            "manifest_bytes", Long.toString(manifestBound(now)),
            "findings", Database.literal(folder.resolve(CaseSources.FINDINGS)),
            "verdicts", Database.literal(folder.resolve(CaseSources.VERDICTS)));
    String step = "schema.sql";
    try (DuckDBConnection store =
        Database.open(unfinished, temporary, settings, Database.Access.BUILD, List.of())) {
      Database.run(store, step, Map.of(), unfinished);
      step = "load-manifest.sql";
      Database.run(store, step, names, unfinished);
      step = "load-findings.sql";
      Database.run(store, step, names, unfinished);
      if (now.has(CaseSources.VERDICTS)) {
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

  /** A manifest is one object; DuckDB wants to know how large an object may be, and has a least. */
  private static long manifestBound(CaseSources now) {
    return Math.max(16L << 20, now.sizeBytes(CaseSources.MANIFEST) + 1);
  }

  private PagestreamException wrong(String step, SQLException cause) throws IOException {
    String what = Database.firstLine(cause);
    if (what.startsWith("IO Error") || what.startsWith("Out of Memory")) {
      throw new IOException(what, cause);
    }
    String file = step.contains("findings") ? CaseSources.FINDINGS : CaseSources.MANIFEST;
    return PagestreamException.inFile(
            ErrorCode.RECORD_CORRUPT,
            folder.resolve(step.contains("verdicts") ? CaseSources.VERDICTS : file).toString(),
            what,
            "the case folder is damaged: analyze the images again")
        .causedBy(cause);
  }
}
