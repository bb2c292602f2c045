package io.pagestream.system;

import io.pagestream.schemas.connection.ClientProperties;
import io.pagestream.schemas.error.PagestreamException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Repeatedly checks everything in some folders while a program runs, and records each file that
 * users other than its owner may read, write or enter.
 */
final class PermissionWatch implements AutoCloseable {
  private static final Set<PosixFilePermission> OF_THE_OWNER =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private final List<Path> folders;
  private final Set<String> seen = new ConcurrentSkipListSet<>();
  private final Set<String> open = new ConcurrentSkipListSet<>();
  private final Set<String> secrets = new ConcurrentSkipListSet<>();
  private final Set<String> commandLines = new ConcurrentSkipListSet<>();
  private final AtomicInteger looks = new AtomicInteger();
  private final Thread thread = Thread.ofPlatform().name("permission-watch").unstarted(this::run);
  private volatile boolean stop;

  private PermissionWatch(List<Path> folders) {
    this.folders = folders;
  }

  /** Watches the content of the folders, but not existing folders themselves. */
  static PermissionWatch start(List<Path> folders) {
    PermissionWatch watch = new PermissionWatch(folders);
    watch.thread.start();
    return watch;
  }

  private void run() {
    List<Path> given = folders.stream().filter(Files::exists).toList();
    while (!stop) {
      look(given);
    }
    look(given);
  }

  private void look(List<Path> given) {
    looks.incrementAndGet();
    for (Path folder : folders) {
      try {
        Files.walkFileTree(folder, new Looker(given));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    commandLines.addAll(
        ProcessHandle.allProcesses()
            .flatMap(process -> process.info().commandLine().stream())
            .toList());
  }

  /** Files may appear and disappear during the check. */
  private final class Looker extends SimpleFileVisitor<Path> {
    private final List<Path> given;

    Looker(List<Path> given) {
      this.given = given;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      if (!given.contains(directory)) {
        note(directory);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      note(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException gone) {
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, IOException gone) {
      return FileVisitResult.CONTINUE;
    }
  }

  private void note(Path file) {
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      if (!OF_THE_OWNER.containsAll(permissions)) {
        open.add(PosixFilePermissions.toString(permissions) + ' ' + file);
      }
      if (seen.add(file.toString()) && file.endsWith("client.properties")) {
        noteSecret(file);
      }
    } catch (IOException gone) {
      return;
    }
  }

  private void noteSecret(Path file) throws IOException {
    try {
      String jaas = ClientProperties.read(file).values().getOrDefault("sasl.jaas.config", "");
      int from = jaas.indexOf("password=\"") + "password=\"".length();
      if (jaas.indexOf('"', from) > from) {
        secrets.add(jaas.substring(from, jaas.indexOf('"', from)));
        return;
      }
    } catch (PagestreamException gone) {
      // Not written yet, or deleted already.
    }
    seen.remove(file.toString());
  }

  int looks() {
    return looks.get();
  }

  Set<String> seen() {
    return seen;
  }

  /** The recorded files with their permissions. */
  Set<String> open() {
    return open;
  }

  Set<String> secrets() {
    return secrets;
  }

  /** Command lines of all processes of the machine, each on a line. */
  String commandLines() {
    return new String(
        String.join("\n", commandLines).getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    stop = true;
    boolean interrupted = Thread.interrupted();
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
