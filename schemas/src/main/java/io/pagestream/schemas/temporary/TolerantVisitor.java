package io.pagestream.schemas.temporary;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Visits a folder in which other processes delete files concurrently: a missing file is not a
 * failure.
 */
public abstract class TolerantVisitor extends SimpleFileVisitor<Path> {
  /** For subclasses. */
  protected TolerantVisitor() {}

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
    if (failure instanceof NoSuchFileException) {
      return FileVisitResult.CONTINUE;
    }
    throw failure;
  }

  @Override
  public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
      throws IOException {
    if (failure != null && !(failure instanceof NoSuchFileException)) {
      throw failure;
    }
    return FileVisitResult.CONTINUE;
  }
}
