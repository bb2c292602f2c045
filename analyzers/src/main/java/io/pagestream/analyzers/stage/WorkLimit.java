package io.pagestream.analyzers.stage;

import java.time.Duration;

/**
 * How long one analyzer may work on one run. What counts is the processor time of its thread,
 * native code included: a stopped process, a paused virtual machine or a busy machine uses none.
 *
 * <p>An analyzer that waits for something (a lock, a device) uses no processor time either and
 * would never end. It therefore has a second, generous limit on {@linkplain
 * io.pagestream.schemas.clock.AttendedTime attended} time: {@link #BLOCKED_FACTOR} times the first
 * one, at least {@link #LEAST_BLOCKED}, and in addition {@link #STARVED_FACTOR} times the processor
 * time used. A thread that gets at least a hundredth of a processor is never taken for a blocked
 * one.
 *
 * @param processor processor time that one analyzer may use for one run
 * @param blocked attended time without processor time
 */
record WorkLimit(Duration processor, Duration blocked) {
  static final int BLOCKED_FACTOR = 10;
  static final int STARVED_FACTOR = 100;
  static final Duration LEAST_BLOCKED = Duration.ofMinutes(1);

  /** What a limit says. */
  enum Verdict {
    /** Within both limits. */
    GO_ON,
    /** It has used more processor time than it may. */
    TIME_OUT,
    /** It waits for something that does not come. */
    BLOCKED
  }

  /** The limits that follow from a processor time. */
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
