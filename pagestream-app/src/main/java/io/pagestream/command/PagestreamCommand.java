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
      "Streaming memory forensics: every page of a memory image is read once, judged, analyzed"
          + " and accounted for.",
      "",
      "Pagestream starts its own Kafka broker and writes all findings to a case folder. Nothing"
          + " needs to be installed or configured."
    },
    footer = {
      "@|bold First steps|@",
      "  pagestream inspect IMAGE        show the format and the memory ranges of an image",
      "  pagestream analyze IMAGE        analyze it; the case folder is in the current folder",
      "  pagestream analyze --help       choose the case folder and the analyzers",
      "",
      "  docs/exit-codes.md lists all exit codes and errors",
      "",
      "  source <(pagestream completion) completes commands and options in this shell"
    },
    subcommands = {
      AnalyzeCommand.class,
      StatusCommand.class,
      RetryCommand.class,
      DeadLettersCommand.class,
      CarveCommand.class,
      InspectCommand.class,
      ConvertCommand.class,
      KernelCommand.class,
      VerdictsCommand.class,
      ExplainCommand.class,
      WhatIfCommand.class,
      PlanCommand.class,
      MappingsCommand.class,
      PictureCommand.class,
      AnalyzersCommand.class,
      FindingsCommand.class,
      QueryCommand.class,
      ExportCommand.class,
      ServeCommand.class,
      VerifyCommand.class,
      SignCommand.class,
      StageCommand.class,
      CollectCommand.class,
      BrokerCommand.class,
      TopicsCommand.class,
      CompletionCommand.class
    })
public final class PagestreamCommand implements Runnable {
  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Log more, including Kafka's messages and stack traces.")
  private boolean verbose;

  @Spec private CommandSpec spec;

  /** Whether the user requests details. */
  public boolean verbose() {
    return verbose;
  }

  /** Without a command: a usage error with the help text. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command");
  }
}
