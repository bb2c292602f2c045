package io.pagestream.command;

import io.pagestream.schemas.temporary.ExitTasks;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Whether the process has received SIGINT (Ctrl-C) or SIGTERM. The process ends only after {@link
 * #close} was called, so that the current line is completed; or after a grace period, because the
 * work may be blocked on a pipe whose reader has stalled. Its exit code is then that of the JVM:
 * 128 plus the number of the signal.
 */
final class StopSignal implements BooleanSupplier, AutoCloseable {
  /** Grace period for work that writes to a pipe. */
  static final Duration GRACE = Duration.ofSeconds(5);

  /** Grace period for a job: its broker alone may take half of it. */
  static final Duration JOB_GRACE = Duration.ofSeconds(20);

  private final CountDownLatch ended = new CountDownLatch(1);
  private final Duration grace;
  private final ExitTasks.Registration atExit;
  private volatile boolean stopped;

  /** Starts handling signals. */
  static StopSignal await() {
    return await(GRACE);
  }

  /** Starts handling signals, for work that ends within the given time. */
  static StopSignal await(Duration grace) {
    return new StopSignal(grace);
  }

  private StopSignal(Duration grace) {
    this.grace = grace;
    this.atExit = ExitTasks.add(ExitTasks.Phase.WORK, this::stop);
  }

  private void stop() {
    stopped = true;
    try {
      var unusedInTime = ended.await(grace.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Ends the work from its own thread.
   *
   * @throws StoppedException if the process has received a signal
   */
  void throwIfStopped() {
    if (stopped) {
      throw new StoppedException();
    }
  }

  @Override
  public boolean getAsBoolean() {
    return stopped;
  }

  /** Marks the work as ended, so that the process may end. */
  @Override
  public void close() {
    ended.countDown();
    atExit.close();
  }
}
