package io.pagestream.schemas.temporary;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A private folder (0700) with a lock file held by this process. It is deleted with its contents on
 * {@link #close} and when the process ends. The folder of a killed process is recognized by a lock
 * that is not held, and is deleted by {@link #deleteAbandoned} or taken over by {@link #take}.
 */
public final class LockedFolder implements AutoCloseable {
  /** The lock file, empty. */
  public static final String LOCK = "lock";

  private static final Logger LOG = LoggerFactory.getLogger(LockedFolder.class);
  private static final int ATTEMPTS = 8;

  /** A folder without a lock file is being created, or its creator was killed before locking it. */
  private static final Duration MAKING = Duration.ofMinutes(10);

  /**
   * Folders of this process: a process that opens and closes a file releases its own lock on it
   * (POSIX).
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel lock;
  private final ExitTasks.Registration atExit;

  private LockedFolder(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
    this.atExit = ExitTasks.add(ExitTasks.Phase.FOLDERS, this::delete);
  }

  /** A new folder inside another one, with an unused name. */
  public static LockedFolder create(Path parent, String prefix) throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<LockedFolder> made =
          take(Files.createTempDirectory(parent, prefix, FolderTree.ownerOnly(parent)));
      if (made.isPresent()) {
        return made.get();
      }
    }
    throw new IOException("other processes delete new folders in " + parent);
  }

  /**
   * A folder of a given name, created if it does not exist; its contents are deleted.
   *
   * @return absent if it is in use, by this process or another one
   */
  public static Optional<LockedFolder> take(Path folder) throws IOException {
    Path place = folder.toAbsolutePath().normalize();
    if (!HELD.add(place)) {
      return Optional.empty();
    }
    LockedFolder taken = null;
    try {
      taken = lock(place);
      return Optional.ofNullable(taken);
    } finally {
      if (taken == null) {
        HELD.remove(place);
      }
    }
  }

  private static @Nullable LockedFolder lock(Path folder) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      Files.deleteIfExists(folder); // a link that was put there
      Files.createDirectory(folder, FolderTree.ownerOnly(folder));
    }
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      FileChannel channel = open(folder.resolve(LOCK));
      FileLock held = tryLock(channel);
      if (held == null) {
        channel.close();
        return null;
      }
      if (Files.exists(folder.resolve(LOCK), LinkOption.NOFOLLOW_LINKS)) {
        FolderTree.empty(folder, folder.resolve(LOCK));
        return new LockedFolder(folder, channel);
      }
      channel.close(); // another process considered it abandoned before it was locked
      if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectory(folder, FolderTree.ownerOnly(folder));
      }
    }
    return null;
  }

  /** The lock, or null if it is held, possibly by this process through another channel. */
  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException ours) {
      return null;
    }
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
        FolderTree.ownerOnlyFile(file));
  }

  /**
   * Deletes the folders that processes of this user have left in a folder.
   *
   * @param prefix with which the names of such folders begin
   */
  public static void deleteAbandoned(Path parent, String prefix) throws IOException {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(parent, prefix + "*")) {
      for (Path folder : found) {
        try {
          if (isOurs(folder)) {
            deleteUnlessHeld(folder.toAbsolutePath().normalize());
          }
        } catch (IOException e) {
          LOG.warn("{} was left behind by a killed process and cannot be deleted", folder, e);
        }
      }
    }
  }

  /** Whether this user created it: in a world-writable folder, other users can create one too. */
  private static boolean isOurs(Path folder) throws IOException {
    return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
        && (!FolderTree.isPosix(folder)
            || Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(CurrentUser.principal()));
  }

  /**
   * Whether a folder is in use by a running process. Missing folders and those without a lock are
   * not.
   */
  public static boolean isHeld(Path folder) throws IOException {
    Path place = folder.toAbsolutePath().normalize();
    if (HELD.contains(place)) {
      return true;
    }
    try (FileChannel channel = existing(place);
        FileLock free = tryLock(channel)) {
      return free == null;
    } catch (NoSuchFileException noLock) {
      return false;
    }
  }

  private static void deleteUnlessHeld(Path folder) throws IOException {
    if (!HELD.add(folder)) {
      return;
    }
    Path file = folder.resolve(LOCK);
    try (FileChannel channel = existing(folder);
        FileLock free = tryLock(channel)) {
      if (free != null) {
        LOG.info("deleting {}, which a killed process has left behind", folder);
        FolderTree.delete(folder, file);
      }
    } catch (NoSuchFileException noLock) {
      deleteUnlessNew(folder, file);
    } finally {
      HELD.remove(folder);
    }
  }

  private static void deleteUnlessNew(Path folder, Path lock) throws IOException {
    try {
      Instant made = Files.getLastModifiedTime(folder, LinkOption.NOFOLLOW_LINKS).toInstant();
      if (made.isBefore(Instant.now().minus(MAKING))) {
        FolderTree.delete(folder, lock);
      }
    } catch (NoSuchFileException gone) {
      LOG.debug("another process was faster", gone);
    }
  }

  private static FileChannel existing(Path folder) throws IOException {
    return FileChannel.open(
        folder.resolve(LOCK), Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
  }

  /** The path of the folder. */
  public Path path() {
    return folder;
  }

  private void delete() {
    try {
      FolderTree.delete(folder, folder.resolve(LOCK));
    } catch (IOException e) {
      LOG.warn("the temporary folder {} cannot be deleted: {}", folder, e.toString());
    }
  }

  /**
   * Deletes the folder. A folder that cannot be deleted is logged and stays; the next process
   * deletes it.
   */
  @Override
  public void close() {
    atExit.close();
    try {
      delete();
      lock.close();
    } catch (IOException e) {
      LOG.warn("the lock of {} cannot be released: {}", folder, e.toString());
    } finally {
      HELD.remove(folder);
    }
  }
}
