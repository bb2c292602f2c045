package io.pagestream.cases.collect;

import io.pagestream.cases.coverage.ImageCoverage;
import io.pagestream.cases.sort.FindingSorter;
import io.pagestream.cases.sort.SortedFindings;
import io.pagestream.cases.verdicts.VerdictStore;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.avro.RunReceipt;
import io.pagestream.schemas.avro.Stage;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.ledger.ImageLedger;
import io.pagestream.schemas.ledger.StageProgress;
import io.pagestream.schemas.page.Pages;
import io.pagestream.schemas.topic.DeadLetter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What has been collected for the images of a case, whatever it came through. Records of other
 * images are ignored.
 */
final class CaseTally implements AutoCloseable {
  private final List<ImageLedger> ledgers = new ArrayList<>();
  private final List<VerdictStore> verdicts = new ArrayList<>();
  private final Map<String, Integer> places = new HashMap<>();
  private final Path scratch;
  private final FindingSorter sorter;
  private @Nullable FindingsCheck check;
  private long nextCheckAt;

  CaseTally(List<String> imageIds, Path scratch, FindingSorter sorter) {
    this.scratch = scratch;
    this.sorter = sorter;
    imageIds.forEach(this::addImage);
  }

  private void addImage(String imageId) {
    places.put(imageId, ledgers.size());
    verdicts.add(new VerdictStore(scratch, "verdicts-" + ledgers.size()));
    ledgers.add(new ImageLedger(imageId));
  }

  /** Adds an image to the case, at the place after the last. */
  void expect(String imageId) {
    if (!places.containsKey(imageId)) {
      addImage(imageId);
      sorter.addImage();
    }
  }

  boolean manifest(ImageManifest manifest) {
    Integer place = places.get(manifest.getImageId());
    if (place == null || !ledgers.get(place).manifest(manifest)) {
      return false;
    }
    ImageManifest holds = ledgers.get(place).manifest(); // this one may contradict it
    verdicts.get(place).manifest(holds == null ? manifest : holds);
    return true;
  }

  boolean receipt(RunReceipt receipt) {
    Integer place = places.get(receipt.getImageId());
    if (place == null || !ledgers.get(place).receipt(receipt)) {
      return false;
    }
    nextCheckAt = 0; // the receipts tell another number of findings now
    return true;
  }

  /** Takes a dead letter; false if it names no run of an image of the case. */
  boolean deadLetter(DeadLetter letter) {
    Integer place = letter.isRun() ? places.get(letter.imageId()) : null;
    return place != null && ledgers.get(place).deadLetter(letter);
  }

  /** Whether an image belongs to the case. */
  boolean expects(String imageId) {
    return places.containsKey(imageId);
  }

  /** Notes findings and verdicts that contradict others, once everything is here. */
  void noteContradictions() {
    for (int image = 0; image < ledgers.size(); image++) {
      long records = verdicts.get(image).contradictions();
      if (records > 0) {
        ledgers
            .get(image)
            .doubt(
                new Doubt(
                    "verdict-contradicts",
                    0L,
                    0L,
                    "%d verdict records contradict earlier ones of the same runs; the first ones hold."
                        .formatted(records)));
      }
    }
    for (FindingSorter.Contradiction contradiction : sorter.contradictions()) {
      ledgers
          .get(contradiction.image())
          .doubt(
              new Doubt(
                  "finding-contradicts",
                  Pages.floor(contradiction.physicalAddress()),
                  1L,
                  "Two different findings have one id (%s); one of them is forged."
                      .formatted(contradiction.kind())));
    }
  }

  boolean finding(Finding finding, byte[] encoded) {
    Integer place = places.get(finding.getImageId());
    if (place == null) {
      return false;
    }
    sorter.add(place, finding, encoded);
    return true;
  }

  boolean verdict(PageRun run, byte[] encoded) {
    Integer place = places.get(run.getImageId());
    return place != null && verdicts.get(place).add(run, encoded);
  }

  List<VerdictStore> verdicts() {
    return verdicts;
  }

  List<ImageLedger> ledgers() {
    return ledgers;
  }

  /** The pages of each image that no analyzer saw; reads all verdicts. */
  List<ImageCoverage> coverage() {
    List<ImageCoverage> coverage = new ArrayList<>();
    for (int image = 0; image < ledgers.size(); image++) {
      coverage.add(ImageCoverage.of(ledgers.get(image), verdicts.get(image)));
    }
    return coverage;
  }

  /** Whether no more receipts are to come: every image has ended, every block has its receipts. */
  boolean hasAllReceipts() {
    return ledgers.stream()
        .allMatch(ledger ->
            ledger.isEnded()
                && ledger.hasAllReceipts(Stage.MAPPER)
                && ledger.hasAllReceipts(Stage.ANALYZERS));
  }

  /**
   * Whether everything is here. Counting distinct findings costs a walk over all of them, so it is
   * done only when as many have arrived as were missing the last time.
   */
  boolean isComplete() {
    if (!hasAllReceipts()
        || VerdictCheck.missing(ledgers, verdicts) > 0
        || ledgers.stream().anyMatch(ledger -> ledger.missingDeadLetters() > 0)) {
      return false;
    }
    long told = ledgers.stream().mapToLong(l -> l.progress(Stage.ANALYZERS).findings()).sum();
    if (sorter.received() < Math.max(told, nextCheckAt)) {
      return false;
    }
    FindingsCheck now = check();
    nextCheckAt = sorter.received() + Math.max(1, now.missing());
    return now.missing() == 0;
  }

  /**
   * The case as it is now.
   *
   * @param earlierNotes what is worth knowing besides, in sentences
   * @param rejected records that were rejected and concern no image
   * @param failure why it is not complete or does not add up; null if it does
   */
  CollectedCase collected(
      FindingsCheck findings,
      List<String> earlierNotes,
      RejectedRecords rejected,
      @Nullable PagestreamException failure) {
    List<String> notes = new ArrayList<>(earlierNotes);
    notes.addAll(findings.notes());
    noteContradictions();
    List<String> problems = new ArrayList<>(findings.problems());
    problems.addAll(VerdictCheck.problems(ledgers, verdicts));
    long rejectedReceipts = ledgers.stream().mapToLong(ImageLedger::rejectedReceipts).sum();
    List<ImageCoverage> coverage = coverage();
    List<String> wrong = coverage.stream().flatMap(image -> image.problems().stream()).toList();
    problems.addAll(wrong);
    return new CollectedCase(
        ledgers,
        findings.findings(),
        verdicts,
        coverage,
        problems,
        notes,
        rejected.count() + rejectedReceipts,
        rejected.letters(),
        failure == null ? Shortfall.ofCoverage(wrong) : failure);
  }

  /** The findings so far, held against the receipts. */
  FindingsCheck check() {
    FindingsCheck last = check;
    if (last == null || last.received() != sorter.received()) {
      SortedFindings sorted = sorter.sorted();
      last = new FindingsCheck(ledgers, sorted, sorter.received());
      check = last;
    } else {
      last = new FindingsCheck(ledgers, last.findings(), last.received());
    }
    return last;
  }

  CollectProgress progress() {
    int opened = 0;
    int ended = 0;
    long pages = 0;
    StageProgress mapper = StageProgress.NONE;
    StageProgress analyzers = StageProgress.NONE;
    for (ImageLedger ledger : ledgers) {
      ImageManifest manifest = ledger.manifest();
      if (manifest != null) {
        opened++;
        pages += manifest.getRangeMapPages() - manifest.getAbsentPages();
      }
      ended += ledger.isEnded() ? 1 : 0;
      mapper = mapper.plus(ledger.progress(Stage.MAPPER));
      analyzers = analyzers.plus(ledger.progress(Stage.ANALYZERS));
    }
    return new CollectProgress(
        ledgers.size(), opened, ended, pages, mapper, analyzers, sorter.received());
  }

  @Override
  public void close() {
    sorter.close();
    verdicts.forEach(VerdictStore::close);
  }
}
