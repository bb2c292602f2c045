package io.pagestream.system;

import io.pagestream.analyzers.catalog.AnalyzerCatalog;
import io.pagestream.analyzers.stage.AnalyzerSelection;
import io.pagestream.analyzers.stage.AnalyzerStage;
import io.pagestream.cases.casefolder.CaseFacts;
import io.pagestream.cases.casefolder.CaseFolder;
import io.pagestream.cases.collect.CaseFollower;
import io.pagestream.cases.collect.CollectedCase;
import io.pagestream.images.OpenOptions;
import io.pagestream.mapper.stage.MapperOptions;
import io.pagestream.pipeline.AnalyzeJob;
import io.pagestream.pipeline.ImageSubmission;
import io.pagestream.pipeline.LocalPipeline;
import io.pagestream.producer.run.PayloadMode;
import io.pagestream.schemas.connection.KafkaConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A job like that of {@code pagestream analyze}, in the process of the tests.
 *
 * @param runPages pages in a full run
 * @param partitions partitions of the page topic
 * @param instances instances of the stages
 * @param payload the transport of page bytes to the analyzers
 */
record LocalJob(int runPages, int partitions, int instances, PayloadMode payload) {
  static final LocalJob USUAL = new LocalJob(64, 4, 1);

  private static final long MAX_IN_FLIGHT_BYTES = 1L << 30;
  private static final Duration STALL = Duration.ofMinutes(2);

  /** A job whose analyzers read the image's file directly if possible. */
  LocalJob(int runPages, int partitions, int instances) {
    this(runPages, partitions, instances, PayloadMode.REFERENCE);
  }

  /** Analyzes an image into a folder that does not exist yet. */
  FinishedCase run(Path caseFolder, List<Path> files) throws InterruptedException {
    AnalyzerSelection selection = AnalyzerSelection.of(AnalyzerCatalog.all(), Set.of(), Map.of());
    CollectedCase collected = run(caseFolder, files, selection, kafka -> CaseFollower.NONE);
    collected.throwIfFailed();
    return FinishedCase.in(caseFolder, collected.ledgers());
  }

  /** Analyzes several images in one job, into a folder that does not exist yet. */
  List<FinishedCase> runEach(Path caseFolder, List<List<Path>> images) throws Exception {
    AnalyzerSelection selection = AnalyzerSelection.of(AnalyzerCatalog.all(), Set.of(), Map.of());
    List<ImageSubmission> submissions = images.stream().map(ImageSubmission::of).toList();
    CollectedCase collected =
        runJob(caseFolder, submissions, selection, kafka -> CaseFollower.NONE);
    collected.throwIfFailed();
    return FinishedCase.eachIn(caseFolder, collected.ledgers());
  }

  /** Analyzes an image with some analyzers, with a follower. */
  CollectedCase run(
      Path caseFolder,
      List<Path> files,
      AnalyzerSelection selection,
      Function<KafkaConnection, CaseFollower> follower)
      throws InterruptedException {
    return runJob(caseFolder, List.of(ImageSubmission.of(files)), selection, follower);
  }

  private CollectedCase runJob(
      Path caseFolder,
      List<ImageSubmission> images,
      AnalyzerSelection selection,
      Function<KafkaConnection, CaseFollower> follower)
      throws InterruptedException {
    AnalyzeJob job = new AnalyzeJob(settings(selection), images);
    Instant now = Instant.now();
    CaseFacts facts = new CaseFacts("test", List.of(), now, now, Map.of(), List.of());
    try (CaseFolder folder = CaseFolder.open(caseFolder, false)) {
      return job.run(folder, facts, progress -> {}, follower).collected();
    }
  }

  private AnalyzeJob.Settings settings(AnalyzerSelection selection) {
    return new AnalyzeJob.Settings(
        new LocalPipeline.Settings(
            Path.of("."),
            partitions,
            2,
            instances,
            MapperOptions.defaults(),
            AnalyzerStage.Settings.of(selection)),
        runPages,
        MAX_IN_FLIGHT_BYTES,
        payload,
        OpenOptions.defaults(),
        STALL,
        Optional.empty());
  }

  @Override
  public String toString() {
    return "%d-page runs on %d partitions in %d instances"
        .formatted(runPages, partitions, instances);
  }
}
