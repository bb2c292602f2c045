package io.pagestream.command;

import io.pagestream.analyzers.catalog.AnalyzerCatalog;
import io.pagestream.analyzers.job.JobFiles;
import io.pagestream.analyzers.job.JobsOfImages;
import io.pagestream.analyzers.stage.AnalyzerStage;
import io.pagestream.pipeline.FolderFiles;
import io.pagestream.schemas.topic.Topics;
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
    description = {
      "Analyze all judged pages that arrive, until stopped (Ctrl-C).",
      "The job of an image decides how it is analyzed: the analyzers and their options are options"
          + " of 'stage producer'."
    })
final class StageAnalyzers implements Callable<Integer> {
  @Mixin private StageService service;

  @SuppressWarnings("UnusedVariable") // picocli fills it, which fails if an option is given
  @Mixin
  private MovedOptions moved;

  @Option(
      names = "--job-files",
      paramLabel = "FILE|DIR",
      description = {
        "Files that jobs may name, found by their SHA-256: lists (--stop-list, --alert-list), known"
            + " pages and YARA rules of the producer. Of a folder, its files without subfolders;"
            + " of YARA rules, also those in subfolders. Can be given several times.",
        "An image whose job names another file is refused."
      })
  private List<Path> jobFiles = List.of();

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
    JobsOfImages jobs =
        new JobsOfImages(AnalyzerCatalog.all(), JobFiles.of(jobFiles), new FolderFiles(images));
    service.run(
        StageProducer.ANALYZERS,
        observer -> AnalyzerStage.topology(jobs, service.cluster().prefix(), observer),
        List.of(Topics.MAPPED_PAGES, Topics.FINDINGS, Topics.RECEIPTS, Topics.DEAD_LETTERS),
        spec.commandLine().getOut());
    return 0;
  }
}
