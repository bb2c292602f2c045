package io.pagestream.cases.casefolder;

import io.pagestream.cases.space.BoundedOutput;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files and folders that only their owner may read: findings are keys and personal data. On file
 * systems without POSIX permissions, the rules of the parent folder apply.
 */
public final class PrivateFiles {
  private static final int BUFFER_BYTES = 256 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(PrivateFiles.class);

  private PrivateFiles() {}

  /** Creates a folder (0700) and its missing parent folders. */
  public static void createFolder(Path folder) throws IOException {
    Files.createDirectories(folder, mode(folder, "rwx------"));
  }

  /**
   * Restricts an existing folder to its owner (0700), as PostgreSQL's initdb does. A folder of
   * another user is not changed. Other users may then list its files, and users with write
   * permission can replace them; a line on the terminal warns of this.
   */
  public static void closeToOthers(Path folder) throws IOException {
    if (!folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return;
    }
    Set<PosixFilePermission> before = Files.getPosixFilePermissions(folder);
    Set<PosixFilePermission> owner = PosixFilePermissions.fromString("rwx------");
    if (owner.containsAll(before)) {
      return;
    }
    try {
      Files.setPosixFilePermissions(folder, owner);
      LOG.warn(
          "{} was open to others ({}); now only its owner can use it",
          folder,
          PosixFilePermissions.toString(before));
    } catch (FileSystemException notOurs) {
      LOG.warn(
          "{} belongs to another user and is open to others ({})",
          folder,
          PosixFilePermissions.toString(before));
    }
  }

  /** Syncs the entries of a folder to the disk, if the system supports it. */
  static void syncFolder(Path folder) throws IOException {
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  /** Writes the content of a file. */
  @FunctionalInterface
  public interface Content {
    /** Writes the content; the stream is closed by the caller. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a file (0600) under a temporary name and renames it when it is complete and on the disk,
   * so that no reader ever sees a part of it. An existing file is replaced; links are not followed.
   *
   * @throws IOException if it cannot be written, or would fill the disk; in this case nothing of it
   *     remains
   */
  public static void writeWhole(Path file, Content content) throws IOException {
    writeWhole(file, content, whole -> {});
  }

  /** A step for a file that is complete and on the disk, but not renamed yet. */
  @FunctionalInterface
  interface LastStep {
    void take(Path whole) throws IOException;
  }

  /** The same with a step between writing and renaming. */
  static void writeWhole(Path file, Content content, LastStep lastStep) throws IOException {
    Path partial = file.resolveSibling(file.getFileName() + PARTIAL);
    Files.deleteIfExists(partial);
    try (FileChannel channel =
            FileChannel.open(
                partial,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                mode(partial, "rw-------"));
        OutputStream out =
            new BufferedOutputStream(
                BoundedOutput.to(partial, Channels.newOutputStream(channel)), BUFFER_BYTES)) {
      content.writeTo(out);
      out.flush();
      channel.force(true);
    } catch (Throwable e) {
      Files.deleteIfExists(partial); // the part that was written must not keep the disk full
      throw e;
    }
    lastStep.take(partial);
    Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Opens a new or replaced file (0600) that can be read while it grows. */
  public static OutputStream grow(Path file) throws IOException {
    Files.deleteIfExists(file);
    return BoundedOutput.to(
        file,
        Channels.newOutputStream(
            FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                mode(file, "rw-------"))));
  }

  /** Deletes a folder with its content, or a file; links are not followed. */
  public static void deleteTree(Path top) throws IOException {
    if (!Files.exists(top, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    List<Path> deepestFirst;
    try (var files = Files.walk(top)) {
      deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : deepestFirst) {
      Files.deleteIfExists(file);
    }
  }

  /** Creates a folder (0700) with a unique name in another folder. */
  public static Path temporaryFolder(Path folder, String prefix) throws IOException {
    return Files.createTempDirectory(folder, prefix, mode(folder, "rwx------"));
  }

  /** Restricts a file written by another library to its owner (0600). */
  public static void makePrivate(Path file) throws IOException {
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
  }

  /** Suffix of the name of a file that is being written. */
  static final String PARTIAL = ".partial";

  private static FileAttribute<?>[] mode(Path path, String permissions) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
