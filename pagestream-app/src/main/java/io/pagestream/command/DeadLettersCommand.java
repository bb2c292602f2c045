package io.pagestream.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pagestream dead-letters}: what could not be processed. */
@Command(
    name = "dead-letters",
    description = {
      "Show the failed analyses, and the rejected runs and records of a case, and repeat them.",
      "",
      "A number names a dead letter: its line in dead-letters.jsonl, from 1."
    },
    footer = {
      "@|bold Examples|@",
      "  pagestream dead-letters list cases/april",
      "  pagestream dead-letters show cases/april 3",
      "  pagestream dead-letters retry cases/april"
    },
    subcommands = {DeadLettersList.class, DeadLettersShow.class, RetryCommand.class})
final class DeadLettersCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command: list, show or retry");
  }
}
