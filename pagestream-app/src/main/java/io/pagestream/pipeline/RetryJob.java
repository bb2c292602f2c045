package io.pagestream.pipeline;

import io.pagestream.analyzers.stage.AnalyzerStage;
import io.pagestream.cases.casefolder.CaseFolder;
import io.pagestream.cases.casefolder.ReopenedCase;
import io.pagestream.cases.casefolder.ReplacedCase;
import io.pagestream.cases.casefolder.WrittenCase;
import io.pagestream.cases.collect.CollectedCase;
import io.pagestream.cases.collect.Recollection;
import io.pagestream.cases.verify.CaseVerifier;
import io.pagestream.images.OpenOptions;
import io.pagestream.mapper.stage.MapperOptions;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.ledger.ImageLedger;
import io.pagestream.schemas.topic.DeadLetter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Repeats the analyses that failed when a case was created, from the image files, and adds their
 * findings to the case. Runs without a broker: each run is judged and analyzed by the same
 * functions as in the stages. The case is replaced atomically.
 */
public final class RetryJob {
  private final Settings settings;

  /**
   * Settings for reading, judging and analyzing runs, the same as when the case was created.
   *
   * @param analyzers the selected analyzers, and their time-out
   */
  public record Settings(
      OpenOptions open, MapperOptions mapper, AnalyzerStage.Settings analyzers) {}

  /**
   * Result of the job.
   *
   * @param summary the case's table, safe for a terminal
   * @param tried failed analyses and rejected runs that were retried
   * @param recovered those of them that succeeded
   * @param collected the case in its current state
   * @param exitCode exit code of the command
   * @param sealSha256 SHA-256 of the new manifest, which seals the case
   */
  public record Result(
      List<String> summary,
      long tried,
      long recovered,
      CollectedCase collected,
      int exitCode,
      String sealSha256) {}

  /** A job. */
  public RetryJob(Settings settings) {
    this.settings = settings;
  }

  /**
   * Whether a case has anything that can be retried. Completes an earlier replacement of the case
   * that was interrupted, and verifies the case.
   *
   * @throws io.pagestream.schemas.error.PagestreamException if the case differs from its seal
   */
  public static boolean hasWork(Path folder) {
    new ReplacedCase(folder).complete();
    // The case is sealed again at the end: an altered case must not obtain a valid seal in this
    // way.
    CaseVerifier.requireSound(folder);
    return ReopenedCase.open(folder).deadLetters().stream().anyMatch(DeadLetter::isRun);
  }

  /**
   * Retries everything that belongs to the given images; failures of other images remain.
   *
   * @param folder the case folder
   * @throws io.pagestream.schemas.error.PagestreamException if a file of the case is damaged, or an
   *     image does not belong to the case
   */
  public Result run(Path folder, List<ImageSubmission> images) throws InterruptedException {
    return retry(folder, images.stream().map(image -> new Given(image, settings)).toList());
  }

  /**
   * An image whose failures are retried.
   *
   * @param settings the settings with which it was analyzed
   */
  public record Given(ImageSubmission image, Settings settings) {}

  /** The same for images that were analyzed with different settings. */
  public static Result retry(Path folder, List<Given> images) throws InterruptedException {
    ReplacedCase replaced = new ReplacedCase(folder);
    replaced.complete();
    ReopenedCase before = ReopenedCase.open(folder);
    Result result;
    try (CaseFolder next = replaced.open()) {
      Map<String, RetriedRuns> retried = new HashMap<>();
      for (Given given : images) {
        OpenOptions open = given.settings().open().withScratchDirectory(next.scratch());
        RetriedRuns runs = RetriedRuns.of(given.image(), before, given.settings(), open);
        retried.put(runs.imageId(), runs);
      }
      result = write(next, before, retried);
    }
    replaced.complete();
    return result;
  }

  private static Result write(
      CaseFolder next, ReopenedCase before, Map<String, RetriedRuns> retried) {
    List<String> imageIds = before.ledgers().stream().map(ImageLedger::imageId).toList();
    try (Recollection again = new Recollection(imageIds, next.scratch())) {
      for (ImageLedger ledger : before.ledgers()) {
        RetriedRuns runs = retried.get(ledger.imageId());
        ImageLedger now = runs == null ? ledger : runs.ledger();
        ImageManifest manifest = now.settledManifest();
        if (manifest != null) {
          again.manifest(manifest);
        }
        now.receipts().forEach(again::receipt);
        now.deadLetters().forEach(again::deadLetter);
      }
      before.deadLetters().stream()
          .filter(letter -> !letter.isRun() || !retried.containsKey(letter.imageId()))
          .forEach(again::deadLetter);
      before.giveRuns(again);
      before.forEachFinding(again::finding);
      long tried = 0;
      long recovered = 0;
      for (RetriedRuns runs : retried.values()) {
        runs.judged().forEach(again::run);
        runs.findings().forEach(again::finding);
        tried += runs.tried();
        recovered += runs.recovered();
      }
      List<String> notes = new ArrayList<>(before.notes());
      notes.add(
          "%d failed analyses were repeated at %s; %d of them succeeded."
              .formatted(tried, Instant.now(), recovered));
      CollectedCase collected = again.collected(notes);
      int exitCode = collected.outcome(before.facts().notAnalysed().size()).exitCode();
      WrittenCase written = next.write(before.facts(), collected);
      return new Result(
          written.summary(), tried, recovered, collected, exitCode, written.sealSha256());
    }
  }
}
