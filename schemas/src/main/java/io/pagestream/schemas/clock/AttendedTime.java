package io.pagestream.schemas.clock;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The time during which this process was able to work. A thread that waits in short steps reads it
 * after each step; a step counts at most with its length. The time in which the process was stopped
 * (Ctrl-Z, a paused virtual machine, a suspended laptop, a long garbage collection) falls into one
 * step and is therefore not counted, and a machine too busy to run the waiting thread on time slows
 * this clock down.
 *
 * <p>For one thread.
 */
public final class AttendedTime {
  private final LongSupplier nanos;
  private final long mostPerStep;
  private long last;
  private long attended;

  /**
   * Starts at zero.
   *
   * @param step longest time between two readings that counts in full
   */
  public AttendedTime(Duration step) {
    this(System::nanoTime, step);
  }

  /**
   * Uses the given clock.
   *
   * @param nanos nanoseconds since an arbitrary point in time
   */
  public AttendedTime(LongSupplier nanos, Duration step) {
    this.nanos = nanos;
    this.mostPerStep = step.toNanos();
    this.last = nanos.getAsLong();
  }

  /** Reads the clock; the time since the last reading counts as one step at most. */
  public Duration read() {
    long now = nanos.getAsLong();
    attended += Math.clamp(now - last, 0, mostPerStep);
    last = now;
    return Duration.ofNanos(attended);
  }

  /** Starts again from zero. */
  public void restart() {
    last = nanos.getAsLong();
    attended = 0;
  }
}
