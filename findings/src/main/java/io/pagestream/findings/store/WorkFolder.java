package io.pagestream.findings.store;

import io.pagestream.findings.casefolder.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder within a case's in which its store is made. It holds a lock for as long as we live, so
 * that what a killed process has left can be told from what another one is making.
 */
final class WorkFolder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WorkFolder.class);
  private static final String PREFIX = ".store-";
  private static final String TEMPORARY = PREFIX + "temp-";
  private static final String LOCK = "lock";
  private static final int ATTEMPTS = 8;

  /** A folder without a lock is just being made, or was left behind. */
  private static final Duration MAKING = Duration.ofMinutes(1);

  /** Ours: a process that opens and closes a file gives up its own lock on it (POSIX). */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel lock;

  private WorkFolder(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /** Makes one, and removes those that nobody holds. */
  static WorkFolder in(Path caseFolder) throws IOException {
    for (int i = 0; i < ATTEMPTS; i++) {
      Path folder = PrivateFiles.temporaryFolder(caseFolder, PREFIX);
      HELD.add(folder);
      FileChannel lock =
          FileChannel.open(
              folder.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      var unusedLock = lock.lock();
      if (Files.exists(folder.resolve(LOCK))) {
        removeLeft(caseFolder);
        return new WorkFolder(folder, lock);
      }
      lock.close(); // somebody took it for left behind before it was locked
      HELD.remove(folder);
    }
    throw new IOException("other processes remove what is made in " + caseFolder);
  }

  /** Where the store is made. */
  Path resolve(String name) {
    return folder.resolve(name);
  }

  private static void removeLeft(Path caseFolder) throws IOException {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(caseFolder, PREFIX + "*")) {
      for (Path folder : folders) {
        boolean made = !folder.getFileName().toString().startsWith(TEMPORARY);
        if (made
            && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
            && !HELD.contains(folder)) {
          removeUnlessHeld(folder);
        }
      }
    }
  }

  private static void removeUnlessHeld(Path folder) {
    Path file = folder.resolve(LOCK);
    try {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        Instant made = Files.getLastModifiedTime(folder).toInstant();
        if (made.isBefore(Instant.now().minus(MAKING))) {
          PrivateFiles.deleteTree(folder);
        }
        return;
      }
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
          @Nullable FileLock free = channel.tryLock()) {
        if (free != null) {
          PrivateFiles.deleteTree(folder);
        }
      }
    } catch (IOException e) {
      LOG.warn("{} was left by a process that was killed and cannot be removed", folder, e);
    }
  }

  @Override
  public void close() throws IOException {
    try (lock) {
      PrivateFiles.deleteTree(folder);
    } finally {
      HELD.remove(folder);
    }
  }
}
