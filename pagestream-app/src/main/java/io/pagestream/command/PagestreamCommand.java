package io.pagestream.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code pagestream}: the root of all commands. */
@Command(
    name = "pagestream",
    description = {
      "Memory forensics as a stream: every page of a memory image is read once, judged, analysed"
          + " and accounted for.",
      "",
      "Give it an image; it starts a Kafka broker of its own, and leaves a case folder with all"
          + " findings. Nothing need be installed or configured."
    },
    footer = {
      "@|bold First steps|@",
      "  pagestream inspect IMAGE        what the image is, and what of the memory it holds",
      "  pagestream analyze IMAGE        everything, into a case folder next to you",
      "  pagestream analyze --help       how to say where it goes, and what is looked for",
      "",
      "  docs/exit-codes.md lists all exit codes and errors",
      "",
      "  source <(pagestream completion) completes commands and options in this shell"
    },
    subcommands = {
      AnalyzeCommand.class,
      RetryCommand.class,
      InspectCommand.class,
      VerdictsCommand.class,
      ExplainCommand.class,
      PictureCommand.class,
      AnalyzersCommand.class,
      FindingsCommand.class,
      QueryCommand.class,
      ExportCommand.class,
      ServeCommand.class,
      VerifyCommand.class,
      SignCommand.class,
      StageCommand.class,
      BrokerCommand.class,
      TopicsCommand.class,
      CompletionCommand.class
    })
public final class PagestreamCommand implements Runnable {
  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Log more, Kafka's own messages and stack traces too.")
  private boolean verbose;

  @Spec private CommandSpec spec;

  /** Whether the user wants the details. */
  public boolean verbose() {
    return verbose;
  }

  /** Without a command: a mistake that help answers. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command");
  }
}
