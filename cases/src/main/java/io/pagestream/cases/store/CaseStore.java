package io.pagestream.cases.store;

import io.pagestream.cases.casefolder.PrivateFiles;
import io.pagestream.cases.seal.CaseFiles;
import io.pagestream.cases.seal.CheckedCase;
import io.pagestream.cases.seal.FileHash;
import io.pagestream.cases.seal.FileStamp;
import io.pagestream.cases.text.Quantities;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.error.SystemFailure;
import io.pagestream.schemas.temporary.LockedFolder;
import io.pagestream.schemas.temporary.ProcessFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store of a finished case, {@code findings.duckdb} in its folder. It is derived from the other
 * files and bound to their hashes. It is built on first use, and rebuilt atomically when they, or
 * the store itself, have changed.
 */
public final class CaseStore {
  private static final Logger LOG = LoggerFactory.getLogger(CaseStore.class);

  /** The store's name in the case folder. */
  public static final String FILE = CaseFiles.STORE;

  private static final String WORK = ".store-";

  private final CheckedCase checked;
  private final Path folder;
  private final StoreSettings settings;
  private final Consumer<String> progress;
  private final List<Path> writable;

  private CaseStore(
      CheckedCase checked, StoreSettings settings, Consumer<String> progress, List<Path> writable) {
    this.checked = checked;
    this.folder = checked.folder().toAbsolutePath();
    this.settings = settings;
    this.progress = progress;
    this.writable = List.copyOf(writable);
  }

  /**
   * Opens the store of a case whose seal must be valid.
   *
   * @throws PagestreamException as {@link CheckedCase#open(Path)} and {@link #open(CheckedCase,
   *     StoreSettings, Consumer)}
   */
  public static FindingStore open(Path folder, StoreSettings settings, Consumer<String> progress) {
    return open(CheckedCase.open(folder), settings, progress);
  }

  /**
   * Opens a case's store for reading, after building it if it is missing or stale.
   *
   * @param checked the case
   * @param progress receives a line for each step that takes time
   * @throws PagestreamException {@link ErrorCode#RECORD_CORRUPT} if its files are damaged, {@link
   *     ErrorCode#CASE_ALTERED} if they differ from the seal, {@link ErrorCode#DISK_FULL} if the
   *     store cannot be written
   */
  public static FindingStore open(
      CheckedCase checked, StoreSettings settings, Consumer<String> progress) {
    return open(checked, settings, progress, List.of());
  }

  /**
   * The same for internal statements that write files.
   *
   * @param writable the only files that the statements can write
   */
  public static FindingStore open(
      CheckedCase checked, StoreSettings settings, Consumer<String> progress, List<Path> writable) {
    return new CaseStore(checked, settings, progress, writable).open();
  }

  private FindingStore open() {
    CaseSources now = CaseSources.of(checked);
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
    FileStamp before = FileStamp.of(file);
    if (before.kind() == FileStamp.Kind.MISSING || !isBound(file, before, now)) {
      return null;
    }
    try {
      FindingStore store = openToRead(file);
      try (DuckDBConnection own = store.connect()) {
        // Opened by name: the opened file is the checked one only if the name still refers to it.
        if (CaseSources.kept(own).equals(now) && isSame(file, before)) {
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

  private boolean isSame(Path file, FileStamp before) {
    FileStamp after = FileStamp.of(file);
    return after.identity().equals(before.identity())
        && after.changedNanos() == before.changedNanos()
        && noLog();
  }

  /** DuckDB would apply a log next to the store; Pagestream never leaves one. */
  private boolean noLog() {
    return FileStamp.of(folder.resolve(CaseFiles.STORE_LOG)).kind() == FileStamp.Kind.MISSING;
  }

  /** Whether a store was built from these files. */
  private boolean isBound(Path file, FileStamp stamp, CaseSources now) {
    Optional<StoreSeal> seal = StoreSeal.read(folder);
    if (seal.isEmpty() || !seal.get().sources().equals(now.sha256())) {
      progress.accept("the findings store was not made from this case as it is");
      return false;
    }
    if (noLog() && seal.get().isUntouched(stamp)) {
      return true;
    }
    if (!noLog() || !seal.get().hasContentOf(file)) {
      progress.accept("the findings store was changed after it was made; it is not used");
      return false;
    }
    remember(StoreSeal.of(seal.get().sha256(), stamp, now)); // a copied folder
    return true;
  }

  /** Ensures that the store of a copied case is read once and not each time. */
  private void remember(StoreSeal seal) {
    try {
      seal.write(folder);
    } catch (IOException e) {
      LOG.debug("{} cannot be written, so that the store is read each time", folder, e);
    }
  }

  private FindingStore openToRead(Path file) throws SQLException {
    // Not in the case: reading evidence leaves no trace in it. DuckDB creates it when needed.
    Path temporary;
    try {
      temporary = ProcessFolder.path().resolve("store-temp");
    } catch (IOException e) {
      throw SystemFailure.temporaryFolder("no folder can be created in it", e);
    }
    return new FindingStore(
        file, settings, Database.open(file, temporary, settings, Database.Access.READ, writable));
  }

  private void build(Path file, CaseSources now) {
    long started = System.nanoTime();
    progress.accept(
        "making the findings store from %s of findings"
            .formatted(
                Quantities.bytes(FileStamp.of(folder.resolve(CaseFiles.FINDINGS)).sizeBytes())));
    try (LockedFolder work = workFolder()) {
      List<FileStamp> before = CaseSources.stamps(folder);
      now.requireSame(folder);
      Path unfinished = work.path().resolve(FILE);
      new StoreBuild(folder, settings).fill(unfinished, work.path().resolve("temp"), now);
      PrivateFiles.makePrivate(unfinished);
      if (!CaseSources.stamps(folder).equals(before)) {
        throw PagestreamException.inFile(
            ErrorCode.CASE_ALTERED,
            folder.toString(),
            "the case changed while its findings store was made",
            "wait until nothing writes to the folder, then run 'pagestream verify'");
      }
      String sha256 = FileHash.of(unfinished, bytes -> {}).sha256();
      Files.deleteIfExists(folder.resolve(CaseFiles.STORE_LOG));
      Files.move(
          unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      StoreSeal.of(sha256, FileStamp.of(file), now).write(folder);
    } catch (IOException e) {
      throw SystemFailure.writing(folder.toString(), "the findings store cannot be written", e);
    }
    progress.accept(
        "made the findings store in %.1f s".formatted((System.nanoTime() - started) / 1e9));
  }

  /**
   * Creates a folder in the case for building the store, after deleting remains of killed
   * processes.
   */
  private LockedFolder workFolder() throws IOException {
    LockedFolder.deleteAbandoned(folder, WORK);
    return LockedFolder.create(folder, WORK);
  }
}
