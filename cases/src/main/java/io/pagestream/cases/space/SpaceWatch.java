package io.pagestream.cases.space;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Cancels a statement of the database that would fill the disk. */
public final class SpaceWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SpaceWatch.class);
  private static final long EVERY_NANOS = Duration.ofMillis(200).toNanos();

  private final FreeSpace space;
  private final Statement statement;
  private final Thread thread;
  private volatile boolean closed;
  private volatile boolean cancelled;

  private SpaceWatch(FreeSpace space, Statement statement) {
    this.space = space;
    this.statement = statement;
    this.thread = Thread.ofPlatform().name("pagestream-free-space").daemon().unstarted(this::watch);
  }

  /**
   * Watches the disk of a file while a statement writes to it.
   *
   * @throws IOException if the free space of the disk cannot be determined
   */
  public static SpaceWatch of(Path file, Statement statement) throws IOException {
    SpaceWatch watch = new SpaceWatch(FreeSpace.around(file), statement);
    watch.thread.start();
    return watch;
  }

  private void watch() {
    try {
      while (!closed) {
        if (space.isShort()) {
          cancelled = true;
          statement.cancel();
        }
        LockSupport.parkNanos(EVERY_NANOS);
      }
    } catch (IOException | SQLException e) {
      LOG.warn("the free space is not watched any more", e);
    }
  }

  /**
   * Replaces the error of the statement if it was cancelled for lack of space.
   *
   * @throws IOException if it was
   */
  public void throwIfCancelled(SQLException cause) throws IOException {
    if (cancelled) {
      IOException tooLittle = space.tooLittle();
      tooLittle.initCause(cause);
      throw tooLittle;
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
