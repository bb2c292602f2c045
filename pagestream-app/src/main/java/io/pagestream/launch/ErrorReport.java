package io.pagestream.launch;

import io.pagestream.cases.terminal.ClosedPipe;
import io.pagestream.cases.terminal.TerminalColor;
import io.pagestream.cases.terminal.TerminalWriter;
import io.pagestream.program.ExitCode;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.error.SystemFailure;
import io.pagestream.schemas.temporary.ExitTasks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Reports a failure as one line on standard error, and determines the exit code. Stack traces go to
 * a file, or to the terminal with {@code --verbose}.
 */
record ErrorReport(TerminalWriter err, BooleanSupplier verbose)
    implements IParameterExceptionHandler, IExecutionExceptionHandler {
  /** Reports a command line that cannot be parsed. */
  @Override
  public int handleParseException(ParameterException wrong, String[] args) {
    CommandLine command = wrong.getCommandLine();
    String hint = "see '" + command.getCommandSpec().qualifiedName() + " --help'";
    List<String> similar =
        wrong instanceof UnmatchedArgumentException unmatched
            ? unmatched.getSuggestions()
            : List.of();
    if (!similar.isEmpty()) {
      hint = "did you mean " + String.join(" or ", similar) + "? " + hint;
    }
    print(
        wrong.getCause() instanceof PagestreamException known
            ? known
            : PagestreamException.of(ErrorCode.USAGE, lowerFirst(wrong), hint));
    return ExitCode.BAD_INPUT;
  }

  /** Reports an exception of a command. */
  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, @Nullable ParseResult parsed) {
    if (failure instanceof ParameterException wrong) {
      return handleParseException(wrong, new String[0]);
    }
    return report(failure, parsed == null ? List.of() : parsed.originalArgs());
  }

  /** Reports anything else that was thrown; returns the exit code. */
  int report(Throwable failure, List<String> args) {
    if (failure instanceof ClosedPipe) {
      return ExitCode.CLOSED_PIPE;
    }
    if (ExitTasks.underway()) {
      return ExitCode.FAILED; // stopped by a signal: failures caused by this are not reported
    }
    PagestreamException shown = known(failure, args);
    print(shown);
    for (Throwable other : shown.getSuppressed()) {
      if (other instanceof PagestreamException alsoWrong) {
        print(alsoWrong);
      }
    }
    if (verbose.getAsBoolean()) {
      failure.printStackTrace(err);
      err.flush();
    }
    return shown.code().responsible().exitCode();
  }

  /** The error to show: an error of Pagestream, a named system error, or else a defect. */
  private static PagestreamException known(Throwable failure, List<String> args) {
    Throwable at = failure;
    for (int depth = 0; at != null && depth < 20; depth++, at = at.getCause()) {
      if (at instanceof PagestreamException ours) {
        return ours;
      }
    }
    PagestreamException named = SystemFailure.named(failure);
    return named == null ? defect(failure, args) : named;
  }

  private static PagestreamException defect(Throwable failure, List<String> args) {
    String what = "unexpected " + failure.getClass().getSimpleName() + oneLine(failure);
    try {
      Path log = ErrorLog.write(failure, args);
      return PagestreamException.of(
          ErrorCode.INTERNAL, what, "this is a bug in Pagestream; details are in " + log);
    } catch (IOException unwritable) {
      return PagestreamException.of(
          ErrorCode.INTERNAL,
          what,
          "this is a bug in Pagestream; run again with --verbose for details");
    }
  }

  private static String oneLine(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? "" : ": " + message.lines().findFirst().orElse("");
  }

  /** Picocli starts its messages with a capital and may end them with a list of lines. */
  private static String lowerFirst(ParameterException wrong) {
    String message = wrong.getMessage();
    String line = message == null ? "invalid command line" : message.replaceAll("\\s*\\R\\s*", " ");
    return line.isEmpty() ? line : Character.toLowerCase(line.charAt(0)) + line.substring(1);
  }

  private void print(PagestreamException error) {
    err.println(TerminalColor.RED, "pagestream: " + error.getMessage());
    err.flush();
  }
}
