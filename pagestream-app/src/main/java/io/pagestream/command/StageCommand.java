package io.pagestream.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pagestream stage}: one stage of the pipeline as a separate process. */
@Command(
    name = "stage",
    description = {
      "Run one stage against a cluster. Any number of mapper and analyzers processes share the"
          + " work; if one of them fails, the others take over, and nothing is lost."
    },
    footer = {
      "@|bold Examples|@",
      "  pagestream topics create --bootstrap-servers kafka:9092",
      "  pagestream stage mapper --bootstrap-servers kafka:9092 &",
      "  pagestream stage analyzers --bootstrap-servers kafka:9092 &",
      "  pagestream stage producer --bootstrap-servers kafka:9092 memory.lime",
      "  pagestream findings --bootstrap-servers kafka:9092"
    },
    subcommands = {StageProducer.class, StageMapper.class, StageAnalyzers.class})
final class StageCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Missing command: producer, mapper or analyzers");
  }
}
