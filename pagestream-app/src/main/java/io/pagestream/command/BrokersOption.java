package io.pagestream.command;

import picocli.CommandLine.Option;

/** Option for the number of brokers that a cluster must have. */
final class BrokersOption {
  @Option(
      names = "--brokers",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Wait until the cluster has this many brokers, for --wait seconds at most (default:"
              + " ${DEFAULT-VALUE}).")
  private int brokers;

  int least() {
    return Bounds.check("--brokers", brokers, 1, 10_000);
  }
}
