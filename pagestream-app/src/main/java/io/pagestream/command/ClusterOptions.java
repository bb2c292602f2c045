package io.pagestream.command;

import io.pagestream.schemas.topic.Topics;
import picocli.CommandLine.Option;

/** Options of every command that talks to a cluster. */
final class ClusterOptions {
  @Option(
      names = {"-b", "--bootstrap-servers"},
      paramLabel = "HOST:PORT",
      defaultValue = "${env:PAGESTREAM_BOOTSTRAP_SERVERS:-localhost:9092}",
      description = {
        "Where the cluster is; several with commas between (default: ${DEFAULT-VALUE}).",
        "The environment variable PAGESTREAM_BOOTSTRAP_SERVERS sets the default."
      })
  private String bootstrapServers;

  @Option(
      names = "--prefix",
      paramLabel = "PREFIX",
      defaultValue = Topics.DEFAULT_PREFIX,
      description = "Prefix of all topic names (default: ${DEFAULT-VALUE}).")
  private String prefix;

  String bootstrapServers() {
    return bootstrapServers;
  }

  String prefix() {
    return prefix;
  }
}
