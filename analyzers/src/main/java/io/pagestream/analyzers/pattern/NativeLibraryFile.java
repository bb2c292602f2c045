package io.pagestream.analyzers.pattern;

import io.pagestream.schemas.error.SystemFailure;
import io.pagestream.schemas.temporary.ProcessFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Copies a native library from the class path to a private file, since only files can be loaded.
 * The file may be deleted as soon as it has been loaded.
 */
final class NativeLibraryFile {
  private NativeLibraryFile() {}

  /**
   * The library as a new file in a private folder of this process.
   *
   * @param resource absolute name on the class path
   * @throws io.pagestream.schemas.error.PagestreamException PS-305 if it is not on the class path,
   *     PS-320 if it cannot be written
   */
  static Path copy(String resource) {
    try (InputStream in = NativeLibraryFile.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw Vectorscan.missing(
            "the native library %s is not on the class path".formatted(resource));
      }
      Path file = ProcessFolder.newFolder("native-").resolve("library.so");
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
      return file;
    } catch (IOException e) {
      throw SystemFailure.temporaryFolder("a native library cannot be copied to it", e);
    }
  }

  /** Deletes a copy and its folder. */
  static void delete(Path copy) {
    try {
      Files.deleteIfExists(copy);
      Files.deleteIfExists(copy.getParent());
    } catch (IOException e) {
      // It contains nothing secret, and is deleted with the folder of the process.
      copy.toFile().deleteOnExit();
    }
  }
}
