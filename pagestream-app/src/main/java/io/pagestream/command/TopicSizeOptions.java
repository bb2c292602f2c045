package io.pagestream.command;

import picocli.CommandLine.Option;

/** Options of every command that creates topics. */
final class TopicSizeOptions {
  @Option(
      names = "--partitions",
      paramLabel = "N",
      defaultValue = "4",
      description = {
        "Partitions of each topic that is partitioned (default: ${DEFAULT-VALUE}).",
        "So many instances or threads of a stage can work at once."
      })
  private int partitions;

  @Option(
      names = "--replication-factor",
      paramLabel = "N",
      defaultValue = "1",
      description = "Copies of each partition, at most one a broker (default: ${DEFAULT-VALUE}).")
  private short replicationFactor;

  int partitions() {
    return partitions;
  }

  short replicationFactor() {
    return replicationFactor;
  }
}
