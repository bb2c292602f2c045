package io.pagestream.command;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Whether the process has been told to stop (SIGINT from Ctrl-C, or SIGTERM). The process ends only
 * when {@link #close} was called, so that a line which is being written is written to its end; or
 * after {@link #GRACE}, since the work may wait for a pipe that nobody reads. Its exit code is then
 * the JVM's: 128 and the signal's number.
 */
final class StopSignal implements BooleanSupplier, AutoCloseable {
  /** How long the work has to end. */
  static final Duration GRACE = Duration.ofSeconds(5);

  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook = Thread.ofPlatform().name("pagestream-stop").unstarted(this::stop);
  private volatile boolean stopped;

  /** Takes signals from now on. */
  static StopSignal await() {
    StopSignal signal = new StopSignal();
    Runtime.getRuntime().addShutdownHook(signal.hook);
    return signal;
  }

  private void stop() {
    stopped = true;
    try {
      var unusedInTime = ended.await(GRACE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
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
    try {
      var unusedWasThere = Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException stopping) {
      return; // the hook is what waits for us
    }
  }
}
