package io.pagestream.cases.casefolder;

import io.pagestream.cases.seal.CaseFiles;
import io.pagestream.cases.seal.CheckedCase;
import io.pagestream.cases.seal.FileStamp;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.ledger.ImageLedger;
import io.pagestream.schemas.temporary.LockedFolder;
import io.pagestream.schemas.topic.DeadLetter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The state of a case and of a job in its folder. Reads the folder only, so that it does not
 * disturb a running job.
 *
 * @param state the state of the folder
 * @param facts the finished case; empty if there is none
 * @param job the job that has not ended; empty if there is none
 * @param images images of the case and of the job, in order
 * @param missing images that are not in the case: the problem of each
 * @param warning what is wrong with the seal; empty if nothing is
 * @param progress progress of a running job
 */
public record CaseStatus(
    State state,
    Optional<CaseFacts> facts,
    Optional<CaseFacts> job,
    List<ImageStatus> images,
    List<String> missing,
    String warning,
    Optional<JobProgress> progress) {
  /** The state of a folder. */
  public enum State {
    /** A job is at work. */
    RUNNING,
    /** A job was stopped or killed, and goes on with the same command. */
    UNFINISHED,
    /** A finished case. */
    FINISHED
  }

  /**
   * An image.
   *
   * @param label its label
   * @param state what became of it: {@code in case}, {@code complete} or {@code pending}
   * @param pages pages of its range map; 0 for a pending one
   * @param doubts doubts
   * @param failures failed analyses and rejected runs
   */
  public record ImageStatus(String label, String state, long pages, long doubts, long failures) {}

  /** Copies its lists. */
  public CaseStatus {
    images = List.copyOf(images);
    missing = List.copyOf(missing);
  }

  /**
   * The status of a folder.
   *
   * @throws PagestreamException FILE_NOT_FOUND if it is not a case
   */
  public static CaseStatus of(Path folder) throws IOException {
    Path scratch = folder.resolve(CaseFolder.SCRATCH);
    boolean running = LockedFolder.isHeld(scratch);
    boolean left = FileStamp.of(scratch).kind() == FileStamp.Kind.FOLDER;
    UnfinishedImages unfinished = new UnfinishedImages(folder);
    List<ImageStatus> images = new ArrayList<>();
    Optional<CaseFacts> facts = Optional.empty();
    String warning = "";
    if (FileStamp.of(folder.resolve(CaseFiles.MANIFEST)).isFile()) {
      ReopenedCase reopened = ReopenedCase.open(folder);
      facts = Optional.of(reopened.facts());
      add(reopened, "in case", images);
      CheckedCase checked = CheckedCase.open(folder, true);
      warning = checked.holds() ? "" : checked.warning();
    } else if (!running && !left && !unfinished.exist()) {
      CheckedCase.requireFinished(folder); // throws the error
    }
    Optional<CaseFacts> job = unfinished.plan();
    Map<String, ImageStatus> complete = new HashMap<>();
    for (ReopenedCase one : unfinished.finished()) {
      List<ImageStatus> status = new ArrayList<>();
      add(one, "complete", status);
      status.forEach(image -> complete.put(image.label(), image));
    }
    for (GivenImage given : job.map(CaseFacts::given).orElse(List.of())) {
      if (given.outcome() != GivenImage.Outcome.IN_CASE) {
        images.add(
            complete.getOrDefault(
                given.label(), new ImageStatus(given.label(), "pending", 0, 0, 0)));
      }
    }
    boolean ended = !running && !unfinished.exist() && facts.isPresent();
    return new CaseStatus(
        running ? State.RUNNING : ended ? State.FINISHED : State.UNFINISHED,
        facts,
        job,
        images,
        facts.map(CaseFacts::notAnalysed).orElse(List.of()),
        warning,
        running ? JobProgress.read(scratch) : Optional.empty());
  }

  private static void add(ReopenedCase reopened, String state, List<ImageStatus> images) {
    Map<String, Long> failures = new HashMap<>();
    for (DeadLetter letter : reopened.deadLetters()) {
      failures.merge(letter.imageId(), 1L, Long::sum);
    }
    for (ImageLedger ledger : reopened.ledgers()) {
      ImageManifest manifest = ledger.settledManifest();
      boolean incomplete = !ledger.isEnded() || ledger.isFailed() || !ledger.hasAllReceipts();
      images.add(
          new ImageStatus(
              manifest == null ? "image " + ledger.imageId() : manifest.getName(),
              incomplete ? "INCOMPLETE" : state,
              ledger.proof().rangeMapPages(),
              ledger.doubts().size(),
              failures.getOrDefault(ledger.imageId(), 0L)));
    }
  }
}
