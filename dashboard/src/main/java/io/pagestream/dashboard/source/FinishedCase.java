package io.pagestream.dashboard.source;

import io.pagestream.cases.bytes.ImageFiles;
import io.pagestream.cases.bytes.ImageLibrary;
import io.pagestream.cases.seal.CheckedCase;
import io.pagestream.cases.store.CaseStore;
import io.pagestream.cases.store.FindingStore;
import io.pagestream.cases.store.StoreSettings;
import io.pagestream.dashboard.notes.NoteFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A case folder opened for the dashboard. */
public final class FinishedCase implements AutoCloseable {
  /** Maximum time for one query. */
  static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final CaseSource source;
  private final Scratch scratch;

  private FinishedCase(CaseSource source, Scratch scratch) {
    this.source = source;
    this.scratch = scratch;
  }

  /** Opens a case folder whose seal must be valid. */
  public static FinishedCase open(Path folder, List<Path> images, Consumer<String> progress) {
    return open(CheckedCase.open(folder), images, progress);
  }

  /**
   * Opens a case folder; its store is built if it does not exist yet.
   *
   * @param checked the case, whose seal was checked
   * @param images folders to search for the images' files, after the case folder
   * @param progress receives a line for each step that takes time
   */
  public static FinishedCase open(
      CheckedCase checked, List<Path> images, Consumer<String> progress) {
    Path folder = checked.folder();
    FindingStore store =
        CaseStore.open(checked, StoreSettings.DEFAULT.withTimeout(TIMEOUT), progress);
    Scratch scratch = Scratch.make();
    Path absolute = folder.toAbsolutePath().normalize();
    CaseSource source =
        new CaseSource(
            String.valueOf(absolute.getFileName()),
            store,
            NoteFile.in(folder),
            new ImageLibrary(
                imageId -> files(store, imageId),
                new ImageFiles(folders(absolute, images), Optional.of(absolute)),
                scratch.folder()),
            Optional.of(checked),
            Optional.empty());
    return new FinishedCase(source, scratch);
  }

  private static List<Path> folders(Path folder, List<Path> images) {
    Set<Path> folders = new LinkedHashSet<>(images);
    folders.add(folder);
    Path above = folder.getParent();
    if (above != null) {
      folders.add(above);
    }
    folders.add(Path.of("").toAbsolutePath());
    return new ArrayList<>(folders);
  }

  static List<ImageFiles.Wanted> files(FindingStore store, String imageId) {
    return store.ask(
        "SELECT f.name, f.size_bytes, f.path, i.name FROM image_files f"
            + " JOIN images i USING (image_id) WHERE image_id = ?",
        List.of(imageId),
        rows -> {
          List<ImageFiles.Wanted> files = new ArrayList<>();
          while (rows.next()) {
            files.add(
                new ImageFiles.Wanted(
                    rows.getString(1), rows.getLong(2), rows.getString(3), rows.getString(4)));
          }
          return files;
        });
  }

  /** The source for the dashboard. */
  public CaseSource source() {
    return source;
  }

  @Override
  public void close() {
    source.images().close();
    source.store().close();
    scratch.close();
  }
}
