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
 * systems without POSIX permissions the folder's own rules hold.
 */
public final class PrivateFiles {
  private static final int BUFFER_BYTES = 256 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(PrivateFiles.class);

  private PrivateFiles() {}

  /** Creates a folder (0700) and those above it that do not exist yet. */
  public static void createFolder(Path folder) throws IOException {
    Files.createDirectories(folder, mode(folder, "rwx------"));
  }

  /**
   * Takes an existing folder from everybody but its owner (0700), as PostgreSQL's initdb does. A
   * folder of another user stays as it is; then others may see which files are in it, and those who
   * may write to it can replace them, which a line on the terminal says.
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

  /** Puts the names in a folder on the disk, where the system can do that. */
  static void syncFolder(Path folder) throws IOException {
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  /** Something that writes a file. */
  @FunctionalInterface
  public interface Content {
    /** Writes it all; the stream is closed by the caller. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a file (0600) under a temporary name and renames it when it is whole and on the disk, so
   * that no reader ever sees half of it. An existing file is replaced, a link is not followed.
   *
   * @throws IOException if it cannot be written, or would fill the disk; nothing is left of it then
   */
  public static void writeWhole(Path file, Content content) throws IOException {
    writeWhole(file, content, whole -> {});
  }

  /** What is done with a file that is whole and on the disk, and not under its name yet. */
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
      Files.deleteIfExists(partial); // what was written must not keep the disk full
      throw e;
    }
    lastStep.take(partial);
    Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Opens a file (0600) that does not exist yet, or is replaced, and grows while it is read. */
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

  /** Deletes a folder with all in it, or a file; links are not followed. */
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

  /** A new folder (0700) with a name of its own within another one. */
  public static Path temporaryFolder(Path folder, String prefix) throws IOException {
    return Files.createTempDirectory(folder, prefix, mode(folder, "rwx------"));
  }

  /** Takes a file that another library has written from everybody but its owner (0600). */
  public static void makePrivate(Path file) throws IOException {
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
  }

  /** End of the name of a file that is being written. */
  static final String PARTIAL = ".partial";

  private static FileAttribute<?>[] mode(Path path, String permissions) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
