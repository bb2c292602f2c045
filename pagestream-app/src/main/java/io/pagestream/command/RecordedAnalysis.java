package io.pagestream.command;

import io.pagestream.cases.casefolder.CaseFacts;
import io.pagestream.cases.casefolder.CaseJob;
import io.pagestream.images.OpenOptions;
import io.pagestream.pipeline.RetryJob;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/**
 * The {@code analyze} command that created a case, from the command line in its manifest. Only its
 * images and the options that affect the findings are used; its output options are ignored.
 */
final class RecordedAnalysis {
  private final AnalyzeCommand command;
  private final Map<String, String> settings;

  private RecordedAnalysis(AnalyzeCommand command, Map<String, String> settings) {
    this.command = command;
    this.settings = settings;
  }

  /**
   * Parses the command line of a case.
   *
   * @throws PagestreamException {@link ErrorCode#RECORD_CORRUPT} if it is not a command line of
   *     {@code analyze}
   */
  static RecordedAnalysis of(CaseFacts facts) {
    return of(facts.job());
  }

  /** The same for one of the jobs of a case. */
  static RecordedAnalysis of(CaseJob job) {
    try {
      CommandLine line =
          new CommandLine(new PagestreamCommand())
              .setCaseInsensitiveEnumValuesAllowed(true)
              .setExpandAtFiles(false);
      ParseResult parsed = line.parseArgs(job.commandLine().toArray(String[]::new));
      if (parsed.hasSubcommand()
          && parsed.subcommand().commandSpec().userObject() instanceof AnalyzeCommand analyze) {
        return new RecordedAnalysis(analyze, job.settings());
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

  /** How that command opened the images. */
  OpenOptions open() {
    return command.openOptions();
  }

  /**
   * The settings of that command.
   *
   * @param timeoutSeconds another time-out of the analyzers; null for the same
   * @throws PagestreamException {@link ErrorCode#USAGE} if files that the options name, such as
   *     rules, have changed since
   */
  RetryJob.Settings settings(@Nullable Integer timeoutSeconds) {
    RetryJob.Settings now = command.retrySettings(timeoutSeconds);
    now.analyzers().selection().settings().forEach(this::requireUnchanged);
    return now;
  }

  private void requireUnchanged(String setting, String value) {
    String before = settings.getOrDefault(setting, value);
    if (!before.equals(value)) {
      throw PagestreamException.of(
          ErrorCode.USAGE,
          "the case was made with %s=%s, which is now %s".formatted(setting, before, value),
          "restore the files that the command line of the case names, or analyze the image again");
    }
  }
}
