package io.pagestream.command;

import picocli.CommandLine.Option;

/** Options of every command that creates topics. */
final class TopicSizeOptions {
  @Option(
      names = "--partitions",
      paramLabel = "N",
      defaultValue = "4",
      description = {
        "Partitions of each partitioned topic (default: ${DEFAULT-VALUE}).",
        "This is the maximum number of instances or threads of a stage that can work in parallel."
      })
  private int partitions;

  @Option(
      names = "--replication-factor",
      paramLabel = "N",
      defaultValue = "0",
      description = {
        "Replicas of each partition, at most the number of brokers (default: 3, or the number of"
            + " brokers if there are fewer).",
        "With 3 or more, a record counts as written when 2 replicas have it (min.insync.replicas)."
      })
  private short replicationFactor;

  int partitions() {
    return partitions;
  }

  short replicationFactor() {
    return replicationFactor;
  }
}
