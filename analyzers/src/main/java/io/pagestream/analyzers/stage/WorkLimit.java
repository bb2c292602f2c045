package io.pagestream.analyzers.stage;

import java.time.Duration;

/**
 * The time limit of one analyzer for one run. It applies to the processor time of its thread,
 * including native code: a stopped process, a paused virtual machine or a busy machine uses none.
 *
 * <p>An analyzer that waits for something (a lock, a device) uses no processor time either and
 * would never end. It therefore has a second, generous limit on {@linkplain
 * io.pagestream.schemas.clock.AttendedTime attended} time: {@link #BLOCKED_FACTOR} times the first
 * one, at least {@link #LEAST_BLOCKED}, and in addition {@link #STARVED_FACTOR} times the processor
 * time used. A thread that gets at least a hundredth of a processor never counts as blocked.
 *
 * @param processor processor time that one analyzer may use for one run
 * @param blocked attended time without processor time
 */
record WorkLimit(Duration processor, Duration blocked) {
  static final int BLOCKED_FACTOR = 10;
  static final int STARVED_FACTOR = 100;
  static final Duration LEAST_BLOCKED = Duration.ofMinutes(1);

  /** The state of an analyzer relative to its limits. */
  enum Verdict {
    /** Within both limits. */
    GO_ON,
    /** It has exceeded its processor time. */
    TIME_OUT,
    /** It is blocked. */
    BLOCKED
  }

  /** The limits derived from a processor time. */
  static WorkLimit of(Duration processor) {
    Duration blocked = processor.multipliedBy(BLOCKED_FACTOR);
    return new WorkLimit(processor, blocked.compareTo(LEAST_BLOCKED) < 0 ? LEAST_BLOCKED : blocked);
  }

  /**
   * Judges an analyzer at work.
   *
   * @param used processor time of its thread since it began the run
   * @param attended attended time since it began the run
   */
  Verdict judge(Duration used, Duration attended) {
    if (used.compareTo(processor) > 0) {
      return Verdict.TIME_OUT;
    }
    Duration most = blocked.plus(used.multipliedBy(STARVED_FACTOR));
    return attended.compareTo(most) > 0 ? Verdict.BLOCKED : Verdict.GO_ON;
  }
}
