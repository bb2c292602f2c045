package io.pagestream.command;

import io.pagestream.cases.seal.CheckedCase;
import io.pagestream.cases.store.CaseStore;
import io.pagestream.cases.store.FindingStore;
import io.pagestream.cases.store.StoreSettings;
import java.io.PrintWriter;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Options of every command that queries a case's findings store. */
final class StoreOptions {
  private static final int LEAST_MEBIBYTES = 64;
  private static final int MOST_MEBIBYTES = 1 << 20;
  private static final int MOST_SECONDS = 86_400;

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--store-memory",
      paramLabel = "MIB",
      defaultValue = "512",
      description =
          "Memory for the findings store, in MiB (default: ${DEFAULT-VALUE}); beyond that,"
              + " temporary files in the case folder are used.")
  private int memoryMebibytes;

  /** The settings, without a limit on time if {@code seconds} is 0. */
  StoreSettings settings(int seconds) {
    require(
        memoryMebibytes >= LEAST_MEBIBYTES && memoryMebibytes <= MOST_MEBIBYTES,
        "--store-memory must be between %,d and %,d".formatted(LEAST_MEBIBYTES, MOST_MEBIBYTES));
    require(
        seconds >= 0 && seconds <= MOST_SECONDS,
        "--timeout must be between 0 and %,d".formatted(MOST_SECONDS));
    return StoreSettings.DEFAULT
        .withMemoryMebibytes(memoryMebibytes)
        .withTimeout(Duration.ofSeconds(seconds));
  }

  private void require(boolean holds, String rule) {
    if (!holds) {
      throw new ParameterException(spec.commandLine(), rule);
    }
  }

  /** Opens a finished case's store; prints steps that take time on standard error. */
  FindingStore open(CheckedCase checked, int seconds) {
    PrintWriter err = spec.commandLine().getErr();
    return CaseStore.open(
        checked,
        settings(seconds),
        line -> {
          err.println(line);
          err.flush();
        });
  }
}
