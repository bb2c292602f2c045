package io.pagestream.cases.collect;

import io.pagestream.cases.coverage.ImageCoverage;
import io.pagestream.cases.sort.FindingSorter;
import io.pagestream.cases.sort.SortedFindings;
import io.pagestream.cases.verdicts.VerdictStore;
import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.avro.RunReceipt;
import io.pagestream.schemas.avro.Stage;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.ledger.ImageLedger;
import io.pagestream.schemas.ledger.StageProgress;
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
  private final int chunkFindings;
  private final boolean keepsFindings;
  private final int most;
  private int sinceRelease;

  private CaseTally(
      List<String> imageIds, Path scratch, int chunkFindings, boolean keepsFindings, int most) {
    this.scratch = scratch;
    this.chunkFindings = chunkFindings;
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
            place,
            new ImageLedger(imageId),
            new VerdictStore(scratch, "verdicts-" + place),
            FindingSorter.ofImage(scratch, "findings-" + place, chunkFindings));
    byId.put(imageId, image);
    images.add(image);
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
    image.receiptsChanged();
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

  boolean finding(Finding finding, byte[] encoded) {
    if (!keepsFindings) {
      return true;
    }
    CaseImage image = byId.get(finding.getImageId());
    if (image != null) {
      image.sorter().add(0, finding, encoded);
      limitMemory();
    }
    return image != null;
  }

  /** Images that are analyzed at the same time share the memory for one chunk of findings. */
  private void limitMemory() {
    if (++sinceRelease >= chunkFindings) {
      sinceRelease = 0;
      images.stream()
          .map(CaseImage::sorter)
          .filter(sorter -> sorter.inMemory() > 0)
          .forEach(FindingSorter::release);
    }
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

  /** Whether all receipts have arrived: every image has ended, every block has its receipts. */
  boolean hasAllReceipts() {
    return images.stream().allMatch(CaseImage::isFinished);
  }

  /** Whether everything has arrived for every image. */
  boolean isComplete() {
    return images.stream().allMatch(CaseImage::isComplete);
  }

  /** Images that have become complete since this was last called. */
  List<CaseImage> takeCompleted() {
    return images.stream().filter(CaseImage::takeCompleted).toList();
  }

  /** A complete image as a case. */
  CollectedCase collected(CaseImage image) {
    FindingsCheck findings = image.check();
    PagestreamException failure = Shortfall.ofFinished(List.of(image), findings);
    return collected(List.of(image), findings, List.of(), 0, List.of(), failure);
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
    return collected(images, findings, earlierNotes, rejected.count(), rejected.letters(), failure);
  }

  private static CollectedCase collected(
      List<CaseImage> images,
      FindingsCheck findings,
      List<String> earlierNotes,
      long rejected,
      List<DeadLetter> letters,
      @Nullable PagestreamException failure) {
    List<ImageLedger> ledgers = images.stream().map(CaseImage::ledger).toList();
    List<VerdictStore> verdicts = images.stream().map(CaseImage::verdicts).toList();
    List<String> notes = new ArrayList<>(earlierNotes);
    notes.addAll(findings.notes());
    images.forEach(CaseImage::noteContradictions);
    List<String> problems = new ArrayList<>(findings.problems());
    problems.addAll(VerdictCheck.problems(ledgers, verdicts));
    long rejectedReceipts = ledgers.stream().mapToLong(ImageLedger::rejectedReceipts).sum();
    List<ImageCoverage> coverage = images.stream().map(CaseImage::coverage).toList();
    List<String> wrong = coverage.stream().flatMap(image -> image.problems().stream()).toList();
    problems.addAll(wrong);
    return new CollectedCase(
        ledgers,
        findings.findings(),
        verdicts,
        coverage,
        problems,
        notes,
        rejected + rejectedReceipts,
        letters,
        failure == null ? Shortfall.ofCoverage(wrong) : failure);
  }

  /** The findings so far, compared with the receipts. */
  FindingsCheck check() {
    List<SortedFindings> findings = images.stream().map(image -> image.check().findings()).toList();
    return new FindingsCheck(ledgers(), SortedFindings.inSequence(findings), received());
  }

  private long received() {
    return images.stream().mapToLong(image -> image.sorter().received()).sum();
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
        images.size(),
        opened,
        ended,
        pages,
        mapper,
        analyzers,
        received(),
        images.stream().mapToLong(CaseImage::fileBytesDone).sum());
  }

  @Override
  public void close() {
    images.forEach(CaseImage::close);
  }
}
