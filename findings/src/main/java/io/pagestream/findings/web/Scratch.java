package io.pagestream.findings.web;

import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/**
 * A private temporary folder (0700, as {@link Files#createTempDirectory} makes it), deleted with
 * all that is in it.
 */
public record Scratch(Path folder) implements AutoCloseable {
  /** Makes one. */
  public static Scratch make() {
    try {
      return new Scratch(Files.createTempDirectory("pagestream-page-"));
    } catch (IOException e) {
      throw PagestreamException.of(
              ErrorCode.DISK_FULL,
              "no temporary folder can be made: " + e.getMessage(),
              "check the free space of the temporary directory")
          .causedBy(e);
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
      throw PagestreamException.inFile(
              ErrorCode.DISK_FULL,
              folder.toString(),
              "the temporary folder cannot be deleted: " + e.getMessage(),
              "delete it")
          .causedBy(e);
    }
  }
}
