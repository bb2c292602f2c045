package io.pagestream.command;

import io.pagestream.cases.casefolder.CaseFacts;
import io.pagestream.pipeline.RetryJob;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/**
 * The {@code analyze} command that created a case, from the command line in its manifest. Only its
 * images and the options that affect the findings are used; its output options are ignored.
 */
final class RecordedAnalysis {
  private final AnalyzeCommand command;

  private RecordedAnalysis(AnalyzeCommand command) {
    this.command = command;
  }

  /**
   * Parses the command line of a case.
   *
   * @throws PagestreamException {@link ErrorCode#RECORD_CORRUPT} if it is not a command line of
   *     {@code analyze}
   */
  static RecordedAnalysis of(CaseFacts facts) {
    try {
      CommandLine line =
          new CommandLine(new PagestreamCommand())
              .setCaseInsensitiveEnumValuesAllowed(true)
              .setExpandAtFiles(false);
      ParseResult parsed = line.parseArgs(facts.commandLine().toArray(String[]::new));
      if (parsed.hasSubcommand()
          && parsed.subcommand().commandSpec().userObject() instanceof AnalyzeCommand analyze) {
        return new RecordedAnalysis(analyze);
      }
    } catch (CommandLine.ParameterException e) {
      throw unknown().causedBy(e);
    }
    throw unknown();
  }

  private static PagestreamException unknown() {
    return PagestreamException.of(
        ErrorCode.RECORD_CORRUPT,
        "the manifest of the case does not contain the command that created it",
        "analyze the image again");
  }

  /** The image files, as named in the command line. */
  List<Path> files() {
    return command.files();
  }

  /**
   * The settings of that command.
   *
   * @param timeoutSeconds another time-out of the analyzers; null for the same
   */
  RetryJob.Settings settings(@Nullable Integer timeoutSeconds) {
    return command.retrySettings(timeoutSeconds);
  }
}
