package io.pagestream.launch;

import io.pagestream.command.PagestreamCommand;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;

/** Entry point of the program: {@code pagestream COMMAND …}. */
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its {@link ExitCode}. */
  public static void main(String... args) {
    System.exit(run(args));
  }

  /** Runs one command in this process and returns its {@link ExitCode}; never throws. */
  public static int run(String... args) {
    if (args.length == 1 && args[0].equals("--version")) {
      // The question scripts ask most: answered before the parser's 200 classes are loaded.
      Stream.of(new Versions().getVersion()).forEach(System.out::println);
      return ExitCode.DONE;
    }
    PagestreamCommand root = new PagestreamCommand();
    ErrorReport errors = new ErrorReport(root::verbose);
    CommandLine commandLine = commandLine(root, errors);
    try {
      return commandLine.execute(args);
    } catch (Throwable error) { // Picocli handles exceptions but no errors: out of memory, say.
      return errors.report(error, commandLine, List.of(args));
    }
  }

  /** All commands, with our handling of errors. */
  private static CommandLine commandLine(PagestreamCommand root, ErrorReport errors) {
    CommandLine commandLine = new CommandLine(root);
    HelpStyle.apply(commandLine, new Versions());
    return commandLine
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setExecutionStrategy(parsed -> {
          Logging.start(root.verbose());
          return new CommandLine.RunLast().execute(parsed);
        })
        .setParameterExceptionHandler(errors)
        .setExecutionExceptionHandler(errors);
  }
}
