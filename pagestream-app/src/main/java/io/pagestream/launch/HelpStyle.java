package io.pagestream.launch;

import io.pagestream.program.ExitCode;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Gives every command the same help, version and exit codes, so that no command repeats them. */
final class HelpStyle {
  private static final Map<String, String> EXIT_CODES = exitCodes();

  private HelpStyle() {}

  /** Styles a command and all its subcommands. */
  static void apply(CommandLine command, IVersionProvider versions) {
    CommandSpec spec = command.getCommandSpec();
    spec.mixinStandardHelpOptions(true).versionProvider(versions);
    spec.exitCodeOnInvalidInput(ExitCode.BAD_INPUT).exitCodeOnExecutionException(ExitCode.FAILED);
    UsageMessageSpec help = spec.usageMessage();
    help.sortOptions(false)
        .synopsisSubcommandLabel("COMMAND")
        .synopsisHeading("@|bold Usage|@ ")
        .descriptionHeading("%n")
        .parameterListHeading("%n@|bold Arguments|@%n")
        .optionListHeading("%n@|bold Options|@%n")
        .commandListHeading("%n@|bold Commands|@%n")
        .footerHeading("%n")
        .exitCodeListHeading("%n@|bold Exit codes|@%n")
        .exitCodeList(EXIT_CODES);
    command.getSubcommands().values().forEach(sub -> apply(sub, versions));
  }

  private static Map<String, String> exitCodes() {
    Map<String, String> codes = new LinkedHashMap<>();
    codes.put(Integer.toString(ExitCode.DONE), "done");
    codes.put(
        Integer.toString(ExitCode.DONE_WITH_FAILURES),
        "finished, but something failed or is in doubt; the details are listed");
    codes.put(Integer.toString(ExitCode.BAD_INPUT), "the command line or an input is wrong");
    codes.put(Integer.toString(ExitCode.FAILED), "the machine, the cluster or Pagestream failed");
    codes.put(Integer.toString(ExitCode.INTERRUPTED), "stopped by Ctrl-C (SIGINT)");
    codes.put(
        Integer.toString(ExitCode.CLOSED_PIPE),
        "standard output was closed by its reader, as with head");
    codes.put(Integer.toString(ExitCode.TERMINATED), "stopped by SIGTERM");
    return codes;
  }
}
