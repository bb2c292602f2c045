package io.pagestream.analyzers.contract;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * How much slower this machine is than the one for which limits of processor time are stated. A
 * busy machine counts too: threads that share a core, or its caches, need more processor time.
 */
public final class MachineSpeed {
  private static final int STEPS = 20_000_000;

  /** Processor time of the steps on a server of 2023. */
  private static final long NOMINAL_NANOS = 20_000_000;

  private static final double FACTOR = measured();

  private MachineSpeed() {}

  /** A limit of processor time on this machine: that on the nominal one, or longer. */
  public static Duration limit(Duration nominal) {
    return Duration.ofNanos((long) (nominal.toNanos() * FACTOR));
  }

  /** The first passes compile the loop; the last is measured. */
  private static double measured() {
    long sum = 0;
    long nanos = 0;
    for (int pass = 0; pass < 4; pass++) {
      long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      sum += steps(sum);
      nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
    }
    // The sum is used, so that the loop is not removed; it is never this value twice.
    return sum == 0 ? 1 : Math.max(1, (double) nanos / NOMINAL_NANOS);
  }

  /** Steps of a linear congruential generator, each of which needs the one before. */
  private static long steps(long seed) {
    long value = seed;
    for (int i = 0; i < STEPS; i++) {
      value = value * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L;
    }
    return value;
  }
}
