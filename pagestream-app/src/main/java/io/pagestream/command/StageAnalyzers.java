package io.pagestream.command;

import io.pagestream.analyzers.stage.AnalyzerStage;
import io.pagestream.pipeline.FolderFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pagestream stage analyzers}: from {@code mapped-pages} to {@code findings}. */
@Command(
    name = "analyzers",
    description = "Analyze all judged pages that arrive, until stopped (Ctrl-C).")
final class StageAnalyzers implements Callable<Integer> {
  @Mixin private StageService service;
  @Mixin private AnalyzerChoice choice;

  @Option(
      names = "--images",
      paramLabel = "DIR",
      split = ",",
      description = {
        "Folders with the files of images that a producer streams with --payload reference,"
            + " usually on shared storage.",
        "A file is used only if its SHA-256 matches the one computed by the producer."
      })
  private List<Path> images = new ArrayList<>();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    choice.warn(spec.commandLine().getErr());
    service.run(
        StageProducer.ANALYZERS,
        AnalyzerStage.topology(
            choice.settings().with(new FolderFiles(images)), service.cluster().prefix()),
        spec.commandLine().getOut());
    return 0;
  }
}
