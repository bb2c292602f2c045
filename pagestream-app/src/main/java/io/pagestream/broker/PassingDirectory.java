package io.pagestream.broker;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Directories for brokers that live as long as their process. Their names carry the process id, so
 * that what a killed process left behind can be found and deleted by the next.
 */
public final class PassingDirectory {
  private static final String NAME = "pagestream-broker-";
  private static final Logger LOG = LoggerFactory.getLogger(PassingDirectory.class);

  private PassingDirectory() {}

  /**
   * Creates a directory in {@code parent}, which is created if missing, and deletes those of
   * processes of this machine that no longer run. Readable by its owner only: it will hold memory.
   */
  public static Path create(Path parent) throws IOException {
    Files.createDirectories(parent);
    deleteAbandoned(parent);
    return Files.createTempDirectory(parent, NAME + ProcessHandle.current().pid() + "-");
  }

  private static void deleteAbandoned(Path parent) throws IOException {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(parent, NAME + "*-*")) {
      for (Path directory : found) {
        if (owner(directory).map(PassingDirectory::isGone).orElse(false)) {
          LOG.info("deleting {}, left behind by a process that was killed", directory);
          BrokerDirectory.delete(directory);
        }
      }
    }
  }

  private static Optional<Long> owner(Path directory) {
    String[] parts = directory.getFileName().toString().substring(NAME.length()).split("-", 2);
    try {
      return Optional.of(Long.parseLong(parts[0]));
    } catch (NumberFormatException another) {
      return Optional.empty();
    }
  }

  private static boolean isGone(long processId) {
    return ProcessHandle.of(processId).map(process -> !process.isAlive()).orElse(true);
  }
}
