package io.pagestream.command;

import io.pagestream.analyzers.stage.AnalyzerStage;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code pagestream stage analyzers}: from {@code mapped-pages} to {@code findings}. */
@Command(
    name = "analyzers",
    description = "Look for artifacts in all judged pages that arrive, until stopped (Ctrl-C).")
final class StageAnalyzers implements Callable<Integer> {
  @Mixin private StageService service;
  @Mixin private AnalyzerChoice choice;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    service.run(
        StageProducer.ANALYZERS,
        AnalyzerStage.topology(choice.settings(), service.cluster().prefix()),
        spec.commandLine().getOut());
    return 0;
  }
}
