package io.pagestream.dashboard.source;

import io.pagestream.schemas.error.SystemFailure;
import io.pagestream.schemas.temporary.ProcessFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/**
 * A private temporary folder (0700), deleted with its content, at the latest at the end of the
 * process.
 */
public record Scratch(Path folder) implements AutoCloseable {
  /** Creates a folder. */
  public static Scratch make() {
    try {
      return new Scratch(ProcessFolder.newFolder("dashboard-"));
    } catch (IOException e) {
      throw SystemFailure.temporaryFolder("no folder can be created in it", e);
    }
  }

  @Override
  public void close() {
    try (var files = Files.walk(folder)) { // does not follow links
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw SystemFailure.writing(folder.toString(), "the folder cannot be deleted", e);
    }
  }
}
