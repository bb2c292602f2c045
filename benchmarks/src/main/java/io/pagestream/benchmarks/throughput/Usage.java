package io.pagestream.benchmarks.throughput;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What processes have used, as Linux counts it: {@code /proc/PID/stat} and {@code
 * /proc/PID/status}, see proc(5).
 */
final class Usage {
  /** {@code USER_HZ}: 100 on every architecture that JDK 25 runs on. */
  private static final long NANOS_PER_TICK = 10_000_000;

  /** Place of {@code utime} among the fields that follow the process's name in brackets. */
  private static final int UTIME = 11;

  private static final int STIME = 12;
  private static final int CUTIME = 13;
  private static final int CSTIME = 14;

  private Usage() {}

  /** User and system time of a process that lives, all threads, in nanoseconds. */
  static long cpuNanos(long pid) {
    return ticks(pid, UTIME, STIME) * NANOS_PER_TICK;
  }

  /** User and system time of all processes that this one has started and that have ended. */
  static long endedChildrenCpuNanos() {
    return ticks(ProcessHandle.current().pid(), CUTIME, CSTIME) * NANOS_PER_TICK;
  }

  private static long ticks(long pid, int field, int otherField) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      // The name may hold blanks and brackets; the last bracket ends it.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return Long.parseLong(fields[field]) + Long.parseLong(fields[otherField]);
    } catch (IOException e) {
      throw new IllegalStateException("no figures of process " + pid, e);
    }
  }

  /** Largest resident set of a process so far ({@code VmHWM}), in KiB; 0 if it has ended. */
  static long peakKib(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException ended) {
      return 0;
    }
  }

  /** Waits for a process's end and watches its resident set; returns the peak in KiB. */
  static long peakKibUntilEnd(Process process) throws InterruptedException {
    long peak = 0;
    do {
      peak = Math.max(peak, peakKib(process.pid()));
    } while (!process.waitFor(Duration.ofMillis(50)));
    return peak;
  }
}
