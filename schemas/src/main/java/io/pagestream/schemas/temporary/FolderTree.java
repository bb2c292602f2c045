package io.pagestream.schemas.temporary;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** Creates and deletes folders. Links are deleted, never followed. */
final class FolderTree {
  /** A thread that is still writing can create a file in a folder that has just been emptied. */
  private static final int ATTEMPTS = 5;

  private FolderTree() {}

  /**
   * Permissions (0700) with which a folder is created; empty if the file system does not support
   * them.
   */
  static FileAttribute<?>[] ownerOnly(Path path) {
    return permissions(path, "rwx------");
  }

  /** The same for a file (0600). */
  static FileAttribute<?>[] ownerOnlyFile(Path path) {
    return permissions(path, "rw-------");
  }

  private static FileAttribute<?>[] permissions(Path path, String permissions) {
    return isPosix(path)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  /** Deletes a folder with its contents; one file is deleted last. */
  static void delete(Path top, Path last) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        Files.walkFileTree(top, new Deleting(top, last));
        Files.deleteIfExists(last);
        Files.deleteIfExists(top);
        return;
      } catch (DirectoryNotEmptyException refilled) {
        if (attempt == ATTEMPTS) {
          throw refilled;
        }
      }
    }
  }

  /** Deletes the contents of a folder, except one file. */
  static void empty(Path top, Path kept) throws IOException {
    Files.walkFileTree(top, new Deleting(top, kept));
  }

  private static final class Deleting extends TolerantVisitor {
    private final Path top;
    private final Path kept;

    Deleting(Path top, Path kept) {
      this.top = top;
      this.kept = kept;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (!file.equals(kept)) {
        Files.deleteIfExists(file);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
        throws IOException {
      super.postVisitDirectory(folder, failure);
      if (!folder.equals(top)) {
        Files.deleteIfExists(folder);
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
