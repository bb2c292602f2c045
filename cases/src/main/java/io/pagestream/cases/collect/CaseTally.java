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
import io.pagestream.schemas.error.ErrorCode;
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
 * The records collected for the images of a case, independent of their source. Records of other
 * images are ignored.
 */
final class CaseTally implements AutoCloseable {
  private final List<CaseImage> images = new ArrayList<>();
  private final Map<String, CaseImage> byId = new HashMap<>();
  private final Path scratch;
  private final FindingSorter sorter;
  private final boolean keepsFindings;
  private final int most;
  private @Nullable FindingsCheck check;
  private long nextCheckAt;

  private CaseTally(
      List<String> imageIds, Path scratch, int chunkFindings, boolean keepsFindings, int most) {
    this.scratch = scratch;
    this.sorter = new FindingSorter(scratch, 0, chunkFindings);
    this.keepsFindings = keepsFindings;
    this.most = most;
    imageIds.forEach(this::expect);
  }

  /**
   * A case with the given images.
   *
   * @param chunkFindings maximum number of findings in memory
   */
  static CaseTally of(List<String> imageIds, Path scratch, int chunkFindings) {
    return new CaseTally(imageIds, scratch, chunkFindings, true, 0);
  }

  /**
   * A case with every image that a record names, whose findings are kept only by the follower.
   *
   * @param most maximum number of images; records of further ones are rejected
   */
  static CaseTally ofAll(Path scratch, int most) {
    return new CaseTally(List.of(), scratch, 1, false, most);
  }

  /** Appends an image to the case. */
  void expect(String imageId) {
    if (!byId.containsKey(imageId)) {
      add(imageId);
    }
  }

  private CaseImage add(String imageId) {
    int place = images.size();
    CaseImage image =
        new CaseImage(
            place, new ImageLedger(imageId), new VerdictStore(scratch, "verdicts-" + place));
    byId.put(imageId, image);
    images.add(image);
    sorter.addImage();
    return image;
  }

  /** The image of a record; null if it does not belong to the case. */
  private @Nullable CaseImage image(String imageId) {
    CaseImage known = byId.get(imageId);
    if (known != null || most == 0) {
      return known;
    }
    if (images.size() >= most) {
      throw PagestreamException.of(ErrorCode.RECORD_CORRUPT, "too many images", "");
    }
    return add(imageId);
  }

  boolean manifest(ImageManifest manifest) {
    CaseImage image = image(manifest.getImageId());
    if (image == null || !image.facts(image.ledger().manifest(manifest))) {
      return false;
    }
    ImageManifest holds = image.ledger().manifest(); // this one may contradict it
    image.verdicts().manifest(holds == null ? manifest : holds);
    return true;
  }

  boolean receipt(RunReceipt receipt) {
    CaseImage image = image(receipt.getImageId());
    if (image == null || !image.facts(image.ledger().receipt(receipt))) {
      return false;
    }
    nextCheckAt = 0; // the receipts now count a different number of findings
    return true;
  }

  /** Adds a dead letter; false if it names no run of an image of the case. */
  boolean deadLetter(DeadLetter letter) {
    CaseImage image = letter.isRun() ? byId.get(letter.imageId()) : null;
    return image != null && image.facts(image.ledger().deadLetter(letter));
  }

  /** Whether an image belongs to the case. */
  boolean expects(String imageId) {
    return byId.containsKey(imageId);
  }

  /** Records findings and verdicts that contradict others, when everything has arrived. */
  void noteContradictions() {
    for (CaseImage image : images) {
      long records = image.verdicts().contradictions();
      if (records > 0) {
        image
            .ledger()
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
      images
          .get(contradiction.image())
          .ledger()
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
    if (!keepsFindings) {
      return true;
    }
    CaseImage image = byId.get(finding.getImageId());
    if (image != null) {
      sorter.add(image.place(), finding, encoded);
    }
    return image != null;
  }

  boolean verdict(PageRun run, byte[] encoded) {
    CaseImage image = image(run.getImageId());
    return image != null && image.verdicts(image.verdicts().add(run, encoded));
  }

  /** The images, in order. */
  List<CaseImage> images() {
    return images;
  }

  List<VerdictStore> verdicts() {
    return images.stream().map(CaseImage::verdicts).toList();
  }

  List<ImageLedger> ledgers() {
    return images.stream().map(CaseImage::ledger).toList();
  }

  /** The pages of each image that were not analyzed; reads all verdicts. */
  List<ImageCoverage> coverage() {
    return images.stream()
        .map(image -> ImageCoverage.of(image.ledger(), image.verdicts()))
        .toList();
  }

  /** Whether all receipts have arrived: every image has ended, every block has its receipts. */
  boolean hasAllReceipts() {
    return images.stream().allMatch(CaseImage::isFinished);
  }

  /**
   * Whether everything has arrived. Counting distinct findings requires a pass over all of them, so
   * it is done only when as many have arrived as were missing the last time.
   */
  boolean isComplete() {
    if (!hasAllReceipts()
        || VerdictCheck.missing(ledgers(), verdicts()) > 0
        || ledgers().stream().anyMatch(ledger -> ledger.missingDeadLetters() > 0)) {
      return false;
    }
    long reported = ledgers().stream().mapToLong(l -> l.progress(Stage.ANALYZERS).findings()).sum();
    if (sorter.received() < Math.max(reported, nextCheckAt)) {
      return false;
    }
    FindingsCheck now = check();
    nextCheckAt = sorter.received() + Math.max(1, now.missing());
    return now.missing() == 0;
  }

  /**
   * The case in its current state.
   *
   * @param earlierNotes additional notes, in sentences
   * @param rejected rejected records that concern no image
   * @param failure why the case is incomplete or its counts disagree; null if there is no failure
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
    problems.addAll(VerdictCheck.problems(ledgers(), verdicts()));
    long rejectedReceipts = ledgers().stream().mapToLong(ImageLedger::rejectedReceipts).sum();
    List<ImageCoverage> coverage = coverage();
    List<String> wrong = coverage.stream().flatMap(image -> image.problems().stream()).toList();
    problems.addAll(wrong);
    return new CollectedCase(
        ledgers(),
        findings.findings(),
        verdicts(),
        coverage,
        problems,
        notes,
        rejected.count() + rejectedReceipts,
        rejected.letters(),
        failure == null ? Shortfall.ofCoverage(wrong) : failure);
  }

  /** The findings so far, compared with the receipts. */
  FindingsCheck check() {
    FindingsCheck last = check;
    if (last == null || last.received() != sorter.received()) {
      SortedFindings sorted = sorter.sorted();
      last = new FindingsCheck(ledgers(), sorted, sorter.received());
      check = last;
    } else {
      last = new FindingsCheck(ledgers(), last.findings(), last.received());
    }
    return last;
  }

  CollectProgress progress() {
    int opened = 0;
    int ended = 0;
    long pages = 0;
    StageProgress mapper = StageProgress.NONE;
    StageProgress analyzers = StageProgress.NONE;
    for (CaseImage image : images) {
      ImageLedger ledger = image.ledger();
      opened += ledger.manifest() == null ? 0 : 1;
      pages += image.pages();
      ended += ledger.isEnded() ? 1 : 0;
      mapper = mapper.plus(ledger.progress(Stage.MAPPER));
      analyzers = analyzers.plus(ledger.progress(Stage.ANALYZERS));
    }
    return new CollectProgress(
        images.size(), opened, ended, pages, mapper, analyzers, sorter.received());
  }

  @Override
  public void close() {
    sorter.close();
    images.forEach(image -> image.verdicts().close());
  }
}
