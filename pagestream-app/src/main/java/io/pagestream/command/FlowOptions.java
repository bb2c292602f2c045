package io.pagestream.command;

import java.time.Duration;
import picocli.CommandLine.Option;

/** Options for how pages flow through a job on one machine. */
final class FlowOptions {
  private static final long MIB = 1024 * 1024;

  @Option(
      names = "--run-pages",
      paramLabel = "N",
      defaultValue = "64",
      description = "Pages of 4 KiB in one record, 1 to 256 (default: ${DEFAULT-VALUE}).")
  private int runPages;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      defaultValue = "4",
      description = "Partitions of the page topic, 1 to 256 (default: ${DEFAULT-VALUE}).")
  private int partitions;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "0",
      description = "Threads that judge and analyse (default: one a processor).")
  private int threads;

  @Option(
      names = "--max-in-flight",
      paramLabel = "MIB",
      defaultValue = "1024",
      description = {
        "MiB of pages that may be between reader and analyzers (default: ${DEFAULT-VALUE}).",
        "Bounds what the broker keeps on the disk."
      })
  private int maxInFlightMib;

  @Option(
      names = "--stall-timeout",
      paramLabel = "SECONDS",
      defaultValue = "300",
      description = "Give up when nothing has moved for so long (default: ${DEFAULT-VALUE}).")
  private int stallSeconds;

  int runPages() {
    return Bounds.check("--run-pages", runPages, 1, 256);
  }

  int partitions() {
    return Bounds.check("--partitions", partitions, 1, 256);
  }

  int threads() {
    int given = Bounds.check("--threads", threads, 0, 256);
    return given == 0 ? Runtime.getRuntime().availableProcessors() : given;
  }

  long maxInFlightBytes() {
    return Bounds.check("--max-in-flight", maxInFlightMib, 16, 1 << 20) * MIB;
  }

  Duration stallTimeout() {
    return Duration.ofSeconds(Bounds.check("--stall-timeout", stallSeconds, 1, 1_000_000));
  }
}
