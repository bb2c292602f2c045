package io.pagestream.command;

import io.pagestream.cases.seal.CheckedCase;
import io.pagestream.cases.text.HostileText;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Option of every command that reads a case: whether to read a case that differs from its seal. */
final class SealOptions {
  private static final int MOST_CHARACTERS = 1000;

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--allow-altered",
      description = {
        "Continue with a warning if the case differs from its seal or has no seal.",
        "'pagestream verify' shows the differences."
      })
  private boolean allowAltered;

  /**
   * Checks the seal of a case quickly; warns on standard error if the case is altered and this is
   * allowed.
   */
  CheckedCase open(Path folder) {
    CheckedCase checked = CheckedCase.open(folder, allowAltered);
    if (!checked.warning().isEmpty()) {
      PrintWriter err = spec.commandLine().getErr();
      err.println("WARNING: " + HostileText.printable(checked.warning(), MOST_CHARACTERS));
      err.flush();
    }
    return checked;
  }
}
