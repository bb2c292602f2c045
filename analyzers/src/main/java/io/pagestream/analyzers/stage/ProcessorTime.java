package io.pagestream.analyzers.stage;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;

/**
 * Processor time of threads according to the operating system: user and system, including native
 * code.
 */
final class ProcessorTime {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final boolean KNOWN =
      THREADS.isThreadCpuTimeSupported() && THREADS.isThreadCpuTimeEnabled();

  private ProcessorTime() {}

  /**
   * Processor time that a thread has used since it started; {@link System#nanoTime()} on a Java
   * platform that does not support it. After the thread's end, the largest possible time.
   */
  static Duration of(Thread thread) {
    if (!KNOWN) {
      return Duration.ofNanos(System.nanoTime());
    }
    long nanos = THREADS.getThreadCpuTime(thread.threadId());
    return Duration.ofNanos(nanos < 0 ? Long.MAX_VALUE : nanos);
  }
}
