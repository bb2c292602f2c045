package io.pagestream.command;

import picocli.CommandLine.Option;

/** Option for the number of worker threads. */
final class ThreadsOption {
  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "0",
      description = "Number of worker threads (default: one per processor).")
  private int threads;

  /** The number, which is that of the processors unless the user gives one. */
  int count() {
    int given = Bounds.check("--threads", threads, 0, 256);
    return given == 0 ? Runtime.getRuntime().availableProcessors() : given;
  }
}
