package io.pagestream.analyzers.pattern;

import io.pagestream.schemas.error.SystemFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

/**
 * Copies a native library from the class path to a file, since only files can be loaded. The file
 * is named by its content, lies in a folder that only the user can open, and serves later starts.
 */
final class NativeLibraryCache {
  private static final FileAttribute<?> PRIVATE_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private NativeLibraryCache() {}

  /**
   * The library as a file.
   *
   * @param resource absolute name on the class path
   * @throws io.pagestream.schemas.error.PagestreamException PS-305 if it is not on the class path,
   *     PS-320 if it cannot be written
   */
  static Path file(String resource) {
    return file(resource, Path.of(System.getProperty("java.io.tmpdir", "/tmp")));
  }

  static Path file(String resource, Path temporaryFolder) {
    try (InputStream in = NativeLibraryCache.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw Vectorscan.missing(
            "the native library %s is not on the class path".formatted(resource));
      }
      byte[] content = in.readAllBytes();
      String name = HexFormat.of().formatHex(sha256(content), 0, 16) + ".so";
      Path file = folder(temporaryFolder).resolve(name);
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          || Files.size(file) != content.length) {
        write(content, file);
      }
      return file;
    } catch (IOException | UnsupportedOperationException e) {
      throw SystemFailure.temporaryFolder("a native library cannot be copied to it", e);
    }
  }

  /**
   * Our folder, if it is really ours: a name below a folder that all may write to can be taken by
   * somebody else first, who could then give us his library. In that case a fresh one.
   */
  private static Path folder(Path temporaryFolder) throws IOException {
    String user = System.getProperty("user.name", "").replaceAll("[^A-Za-z0-9._-]", "_");
    Path folder = temporaryFolder.resolve("pagestream-native-" + user);
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      try {
        return Files.createDirectory(folder, PRIVATE_FOLDER);
      } catch (java.nio.file.FileAlreadyExistsException e) {
        // Another process of ours was quicker, or somebody else: looked at below.
        return isOurs(folder) ? folder : freshFolder(temporaryFolder);
      }
    }
    return isOurs(folder) ? folder : freshFolder(temporaryFolder);
  }

  private static Path freshFolder(Path temporaryFolder) throws IOException {
    Path folder = Files.createTempDirectory(temporaryFolder, "pagestream-native-", PRIVATE_FOLDER);
    folder.toFile().deleteOnExit();
    return folder;
  }

  private static boolean isOurs(Path folder) throws IOException {
    Set<PosixFilePermission> permissions =
        Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS);
    return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
        && !permissions.contains(PosixFilePermission.GROUP_WRITE)
        && !permissions.contains(PosixFilePermission.OTHERS_WRITE)
        && Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS)
            .equals(Files.getOwner(Path.of("/proc/self")));
  }

  /** Readers see the whole file or none: it is renamed to its name when it is complete. */
  private static void write(byte[] content, Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Path unfinished = Files.createTempFile(folder, "unfinished-", ".so");
    try {
      Files.write(unfinished, content);
      Files.move(unfinished, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      throw new IOException("no atomic rename in " + folder, e);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private static byte[] sha256(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
