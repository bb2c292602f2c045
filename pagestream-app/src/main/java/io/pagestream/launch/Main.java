package io.pagestream.launch;

import io.pagestream.command.PagestreamCommand;
import io.pagestream.program.ExitCode;
import io.pagestream.program.Versions;
import io.pagestream.schemas.codec.TrustedRecords;
import io.pagestream.schemas.temporary.ProcessFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;

/** Entry point of the program: {@code pagestream COMMAND …}. */
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its {@link ExitCode}. */
  public static void main(String... args) {
    System.exit(run(Terminal.ofProcess(), args));
  }

  /** Runs one command in this process and returns its {@link ExitCode}; never throws. */
  public static int run(String... args) {
    return run(Terminal.ofSystem(), args);
  }

  private static int run(Terminal terminal, String... args) {
    PagestreamCommand root = new PagestreamCommand();
    ErrorReport errors = new ErrorReport(terminal.err(), root::verbose);
    try {
      int code =
          args.length == 1 && args[0].equals("--version")
              ? version(terminal)
              : execute(terminal, root, errors, args);
      terminal.out().flush();
      return code;
    } catch (Throwable error) { // Picocli handles exceptions but not errors, such as out of memory.
      return errors.report(error, List.of(args));
    } finally {
      terminal.err().flush();
    }
  }

  /** The most frequent call in scripts, handled before the parser's 200 classes are loaded. */
  private static int version(Terminal terminal) {
    for (String line : new Versions().getVersion()) {
      terminal.out().println(line);
    }
    return ExitCode.DONE;
  }

  /** All commands, with the error handling of Pagestream. */
  private static int execute(
      Terminal terminal, PagestreamCommand root, ErrorReport errors, String... args)
      throws IOException {
    Logging.start(terminal.err(), false); // for messages logged before the options are known
    ProcessFolder.adopt();
    TrustedRecords.trust(); // any command may build records before it has a codec
    CommandLine commandLine = new CommandLine(root);
    HelpStyle.apply(commandLine, new Versions());
    return commandLine
        .setOut(terminal.out())
        .setErr(terminal.err())
        // A file named @something, matched by a glob, must not be read as further arguments.
        .setExpandAtFiles(false)
        .registerConverter(Path.class, new PathArgument())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setExecutionStrategy(parsed -> {
          Logging.start(terminal.err(), root.verbose());
          Integer[] help = new Integer[1];
          terminal.out().styled(() -> help[0] = CommandLine.executeHelpRequest(parsed));
          return help[0] != null ? help[0] : new CommandLine.RunLast().execute(parsed);
        })
        .setParameterExceptionHandler(errors)
        .setExecutionExceptionHandler(errors)
        .execute(args);
  }
}
