package io.pagestream.schemas.temporary;

import io.pagestream.schemas.clock.AttendedTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The folder of this process for temporary files, including native libraries. Deleted when the
 * process ends; if it was killed, when the next one starts.
 *
 * <p>The launcher creates it and passes it as {@code java.io.tmpdir}, so that libraries use it too.
 * Without the launcher, it is created on first use within {@code java.io.tmpdir}.
 */
public final class ProcessFolder {
  /** Prefix of the folder's name, the same as in the launcher. */
  static final String PREFIX = "pagestream-run-";

  private static final Duration STEP = Duration.ofMillis(10);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static @Nullable LockedFolder folder;

  private ProcessFolder() {}

  /** Takes over the folder created by the launcher, if any, and deletes abandoned folders. */
  public static synchronized void adopt() throws IOException {
    Path temporary = temporary();
    if (folder == null && isMade(temporary)) {
      folder = take(temporary);
    }
  }

  /** The folder, created if necessary. */
  public static synchronized Path path() throws IOException {
    if (folder == null) {
      Path temporary = temporary();
      folder = isMade(temporary) ? take(temporary) : create(temporary);
    }
    return folder.path();
  }

  /** A new private folder within it. */
  public static Path newFolder(String prefix) throws IOException {
    Path parent = path();
    return Files.createTempDirectory(parent, prefix, FolderTree.ownerOnly(parent));
  }

  /** The user's folder for temporary files; files in it are kept. */
  public static Path parent() {
    Path temporary = temporary();
    return isMade(temporary)
        ? Optional.ofNullable(temporary.getParent()).orElse(temporary)
        : temporary;
  }

  private static Path temporary() {
    return Path.of(System.getProperty("java.io.tmpdir", "/tmp")).toAbsolutePath().normalize();
  }

  private static boolean isMade(Path temporary) {
    Path name = temporary.getFileName();
    return name != null && name.toString().startsWith(PREFIX);
  }

  private static LockedFolder take(Path made) throws IOException {
    LockedFolder taken = takeOver(made, PATIENCE);
    LockedFolder.deleteAbandoned(parent(), PREFIX);
    return taken;
  }

  /**
   * Takes over a folder that was created for this process. Another process may hold its lock for a
   * moment: one that deletes abandoned folders and opened the lock file before this process locked
   * it. It then deletes the folder, which is created again.
   */
  static LockedFolder takeOver(Path made, Duration patience) throws IOException {
    AttendedTime waited = new AttendedTime(STEP);
    while (true) {
      Optional<LockedFolder> taken = LockedFolder.take(made);
      if (taken.isPresent()) {
        return taken.get();
      }
      if (waited.read().compareTo(patience) > 0) {
        throw new IOException("another process uses " + made);
      }
      LockSupport.parkNanos(STEP.toNanos());
    }
  }

  private static LockedFolder create(Path parent) throws IOException {
    LockedFolder.deleteAbandoned(parent, PREFIX);
    return LockedFolder.create(parent, PREFIX);
  }
}
