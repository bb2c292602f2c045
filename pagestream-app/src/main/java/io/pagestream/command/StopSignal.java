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
  /** How long work that writes to a pipe has to end. */
  static final Duration GRACE = Duration.ofSeconds(5);

  /** How long a job has to end: its broker alone may take half of that. */
  static final Duration JOB_GRACE = Duration.ofSeconds(20);

  private final CountDownLatch ended = new CountDownLatch(1);
  private final Duration grace;
  private final ExitTasks.Registration atExit;
  private volatile boolean stopped;

  /** Takes signals from now on. */
  static StopSignal await() {
    return await(GRACE);
  }

  /** Takes signals from now on, for work that ends within some time. */
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

  /** The work has ended; so may the process. */
  @Override
  public void close() {
    ended.countDown();
    atExit.close();
  }
}
