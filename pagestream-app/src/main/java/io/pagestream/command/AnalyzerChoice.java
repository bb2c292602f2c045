package io.pagestream.command;

import io.pagestream.analyzers.catalog.AnalyzerCatalog;
import io.pagestream.analyzers.stage.AnalyzerSelection;
import io.pagestream.analyzers.stage.AnalyzerStage;
import io.pagestream.analyzers.stage.FindingCap;
import io.pagestream.schemas.stage.ImageMemory;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Option;

/** Options of every command that runs analyzers. */
final class AnalyzerChoice {
  @Option(
      names = "--analyzers",
      paramLabel = "NAME",
      split = ",",
      description = "Run only these (default: all that 'pagestream analyzers' marks as on).")
  private Set<String> names = Set.of();

  @Option(
      names = "--analyzer-option",
      paramLabel = "NAME.KEY=VALUE",
      description = "An analyzer's option, for example aes-keys.max-bit-errors=4.")
  private Map<String, String> options = Map.of();

  @Option(
      names = "--analyzer-timeout",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = {
        "Time that one analyzer may take for one run of pages (default: ${DEFAULT-VALUE}).",
        "One that takes longer is a failure of that run; the others go on."
      })
  private int timeoutSeconds;

  @Option(
      names = "--no-cap",
      description = {
        "Keep all findings. By default a page of memory keeps 256 findings of one kind, and 16"
            + " repetitions of one value closer than 64 bytes. What is left out is counted with its"
            + " addresses, and makes the exit code 1."
      })
  private boolean noCap;

  AnalyzerStage.Settings settings() {
    return new AnalyzerStage.Settings(
        AnalyzerSelection.of(AnalyzerCatalog.all(), names, options),
        Duration.ofSeconds(Bounds.check("--analyzer-timeout", timeoutSeconds, 1, 86_400)),
        noCap ? FindingCap.NONE : FindingCap.DEFAULT,
        ImageMemory.KEEP_CLOSED);
  }
}
