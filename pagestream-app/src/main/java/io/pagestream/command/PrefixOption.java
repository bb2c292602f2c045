package io.pagestream.command;

import io.pagestream.schemas.topic.Topics;
import picocli.CommandLine.Option;

/** Option for the prefix of topic names. */
final class PrefixOption {
  @Option(
      names = "--prefix",
      paramLabel = "PREFIX",
      defaultValue = Topics.DEFAULT_PREFIX,
      description = "Prefix of all topic names (default: ${DEFAULT-VALUE}).")
  private String prefix;

  String value() {
    return prefix;
  }
}
