package io.pagestream.command;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Options that the mapper's and the analyzers' stage had before the job of an image decided. They
 * are rejected instead of ignored, because a command line that has them relies on their effect.
 */
final class MovedOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec mixee;

  @Option(
      names = {
        "--profile",
        "--request",
        "--read-device-memory",
        "--skip-refused",
        "--os-build",
        "--io-conflict",
        "--linux-call",
        "--linux-nopat",
        "--analyzers",
        "--analyzer-option",
        "--yara",
        "--page-hashes",
        "--known-pages",
        "--kinds",
        "--stop-list",
        "--alert-list",
        "--analyzer-timeout",
        "--no-cap"
      },
      arity = "0..1",
      hidden = true)
  @SuppressWarnings("DoNotCallSuggester") // picocli calls it
  void moved(String value) {
    throw new ParameterException(
        mixee.commandLine(),
        "This option now belongs to 'pagestream stage producer': the job of an image, not the"
            + " process, decides how it is judged and analyzed. Leave it out here and give it to"
            + " the producer; files that it names go to 'stage analyzers --job-files'.");
  }
}
