package io.pagestream.schemas.ledger;

import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.avro.ImageClosed;
import io.pagestream.schemas.avro.ImageFile;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.ImageState;
import io.pagestream.schemas.avro.PageCounts;
import io.pagestream.schemas.avro.RunReceipt;
import io.pagestream.schemas.avro.Stage;
import io.pagestream.schemas.doubt.DoubtList;
import io.pagestream.schemas.doubt.DoubtReason;
import io.pagestream.schemas.page.BlockLayout;
import io.pagestream.schemas.topic.DeadLetter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Adds up the receipts of one image. Records may arrive in any order and any number of times; each
 * is counted once. The ledger keeps the given records, so they must not be reused. Stores one
 * receipt per block and stage: a 1 TiB image has 16,384 blocks.
 */
public final class ImageLedger {
  private static final int MOST_REJECTED_TOLD = 3;

  /** Maximum number of receipts before the manifest: as many as three stages write for 2 TiB. */
  private static final int MOST_EARLY = 100_000;

  private final String imageId;
  private final Map<Stage, StageTally> stages = new EnumMap<>(Stage.class);

  /** Receipts whose manifest has not arrived, without which they cannot be validated. */
  private final List<RunReceipt> early = new ArrayList<>();

  private final List<String> rejected = new ArrayList<>();
  private long rejectedCount;
  private final LostRuns lost = new LostRuns();
  private final List<Doubt> found = new ArrayList<>();
  private long contradictingManifests;
  private @Nullable ImageManifest manifest;
  private @Nullable ImageClosed closed;

  /** An empty ledger. */
  public ImageLedger(String imageId) {
    this.imageId = imageId;
    for (Stage stage : Stage.values()) {
      stages.put(stage, new StageTally());
    }
  }

  /** Id of the image. */
  public String imageId() {
    return imageId;
  }

  /**
   * Adds the manifest; an open manifest does not replace a closed one. A manifest of another plan
   * that arrives after the image has ended means that the image is streamed again, and only
   * receipts of that plan count from then on. Any other manifest with different runs or a different
   * memory map contradicts the first, which is kept.
   *
   * @return whether it contains new information
   * @throws IllegalArgumentException if it belongs to another image
   * @throws io.pagestream.schemas.error.PagestreamException if its quantities are invalid
   */
  public boolean manifest(ImageManifest news) {
    requireThisImage(news.getImageId());
    ManifestRules.check(news);
    ImageManifest before = manifest;
    if (before == null) {
      return begin(news);
    }
    boolean samePlan = before.getPlanId().equals(news.getPlanId());
    if (!samePlan && before.getState() != ImageState.OPEN) {
      stages.replaceAll((stage, tally) -> new StageTally());
      closed = null;
      return begin(news);
    }
    if (!samePlan || !ManifestRules.agree(before, news)) {
      contradictingManifests++;
      return true;
    }
    if (news.equals(before)
        || (before.getState() != ImageState.OPEN && news.getState() == ImageState.OPEN)) {
      return false;
    }
    manifest = news;
    return true;
  }

  /** Sets the first manifest of a plan, and adds the receipts that have waited for it. */
  private boolean begin(ImageManifest first) {
    manifest = first;
    List<RunReceipt> waiting = List.copyOf(early);
    early.clear();
    waiting.forEach(this::count);
    return true;
  }

  /**
   * Adds the image's end as sent on a partition of the page stream.
   *
   * @return whether it contains new information
   * @throws IllegalArgumentException if it belongs to another image
   */
  public boolean closed(ImageClosed news) {
    requireThisImage(news.getImageId());
    boolean isNew = !news.equals(closed);
    closed = news;
    return isNew;
  }

  /**
   * Adds a receipt.
   *
   * @return whether it contains new information
   * @throws IllegalArgumentException if it belongs to another image
   */
  public boolean receipt(RunReceipt receipt) {
    requireThisImage(receipt.getImageId());
    if (manifest == null) {
      if (early.size() >= MOST_EARLY) {
        rejectedCount++;
        return false;
      }
      early.add(receipt);
      return true;
    }
    return count(receipt);
  }

  private boolean count(RunReceipt receipt) {
    if (!receipt.getPlanId().equals(knownManifest().getPlanId())) {
      early.add(receipt); // the manifest of its plan may be in flight
      return false;
    }
    String violation = ReceiptRules.violation(knownManifest(), receipt);
    if (violation == null) {
      return tally(receipt.getStage()).add(receipt);
    }
    rejectedCount++;
    if (rejected.size() < MOST_REJECTED_TOLD) {
      rejected.add(
          "A receipt of %s for block %d cannot be true: %s."
              .formatted(Words.of(receipt.getStage()), receipt.getBlock(), violation));
    }
    return false;
  }

  /** The latest manifest, or null before the first. */
  public @Nullable ImageManifest manifest() {
    return manifest;
  }

  /** Whether the image has been read to its end, or reading has failed. */
  public boolean isEnded() {
    return closed != null || (manifest != null && manifest.getState() != ImageState.OPEN);
  }

  /** Whether reading the image stopped early. */
  public boolean isFailed() {
    return (closed != null && closed.getState() == ImageState.FAILED)
        || (manifest != null && manifest.getState() == ImageState.FAILED);
  }

  /** Whether the stage has finished all runs of the image. */
  public boolean isComplete(Stage stage) {
    return manifest != null
        && hasAllReceipts(stage)
        && tally(stage).progress().runs() == manifest.getRunCount();
  }

  /**
   * Whether the stage has written a receipt for every block, so that no further ones are expected;
   * runs that became dead letters may still be missing from them. The analyzers write none for a
   * block of which no run reached them.
   */
  public boolean hasAllReceipts(Stage stage) {
    if (manifest == null) {
      return false;
    }
    int withoutReceipt = stage == Stage.ANALYZERS ? tally(Stage.MAPPER).emptyBlocks() : 0;
    return tally(stage).blocks() + withoutReceipt >= blockCount(manifest);
  }

  /**
   * Whether a run reached the analyzers and not all of them failed on it, according to the receipts
   * so far.
   */
  public boolean isAnalyzed(long runIndex) {
    return manifest != null
        && tally(Stage.ANALYZERS).isFinished(new BlockLayout(manifest.getRunsPerBlock()), runIndex);
  }

  /**
   * Whether every stage has written all its receipts: mapper and analyzers for every block, and the
   * producer its own if the manifest announces it.
   */
  public boolean hasAllReceipts() {
    return hasAllReceipts(Stage.MAPPER) && hasAllReceipts(Stage.ANALYZERS) && !lacksProducer();
  }

  /** Whether the receipt that the manifest announces for the producer's findings is missing. */
  boolean lacksProducer() {
    return manifest != null && manifest.getKernelFindings() && tally(Stage.PRODUCER).blocks() == 0;
  }

  /** Findings by kind, according to the receipts so far: of the analyzers and the producer. */
  public SortedMap<String, Long> findings() {
    SortedMap<String, Long> findings = new TreeMap<>(totals(Stage.ANALYZERS).findings());
    totals(Stage.PRODUCER)
        .findings()
        .forEach((kind, count) -> findings.merge(kind, count, Long::sum));
    return findings;
  }

  /** Number of findings according to the receipts so far. */
  public long findingCount() {
    return progress(Stage.ANALYZERS).findings() + progress(Stage.PRODUCER).findings();
  }

  /** The progress of a stage. */
  public StageProgress progress(Stage stage) {
    return tally(stage).progress();
  }

  /** Everything a stage has counted so far. */
  public StageTotals totals(Stage stage) {
    return StageTotals.of(tally(stage).receipts());
  }

  /** The image's files, with their digests once it has ended; empty before the manifest. */
  public List<ImageFile> files() {
    if (closed != null) {
      return closed.getFiles();
    }
    return manifest == null ? List.of() : manifest.getFiles();
  }

  /**
   * Everything about the image that is unreliable: the producer's doubts when it opened the image,
   * complete once the image has ended, and findings omitted by the cap.
   */
  public List<Doubt> doubts() {
    List<Doubt> all = new ArrayList<>();
    if (closed != null) {
      all.addAll(closed.getDoubts());
    } else if (manifest != null) {
      all.addAll(manifest.getDoubts());
    }
    totals(Stage.ANALYZERS).cappedRanges().forEach(range -> all.add(LedgerDoubts.capped(range)));
    all.addAll(lost.doubts());
    for (Stage stage : Stage.values()) {
      LedgerDoubts.contradictions(stage, tally(stage).contradictions()).ifPresent(all::add);
    }
    LedgerDoubts.manifests(contradictingManifests).ifPresent(all::add);
    LedgerDoubts.rejected(rejectedCount).ifPresent(all::add);
    all.addAll(found);
    return DoubtList.of(all);
  }

  /**
   * The manifest with all doubts about the image, except those from dead letters and receipts; null
   * if it has not arrived.
   */
  public @Nullable ImageManifest settledManifest() {
    if (manifest == null) {
      return null;
    }
    List<Doubt> settled =
        doubts().stream()
            .filter(doubt -> !LostRuns.REASONS.contains(doubt.getReason()))
            .filter(doubt -> !doubt.getReason().equals(DoubtReason.FINDINGS_CAPPED.word()))
            .toList();
    return ImageManifest.newBuilder(manifest).setDoubts(settled).build();
  }

  /** All valid receipts, in the order of stages and blocks. */
  public List<RunReceipt> receipts() {
    List<RunReceipt> receipts = new ArrayList<>();
    for (Stage stage : Stage.values()) {
      tally(stage).receipts().stream()
          .sorted(Comparator.comparingLong(RunReceipt::getBlock))
          .forEach(receipts::add);
    }
    return receipts;
  }

  /** Adds a doubt of a reader of the image's records. */
  public void doubt(Doubt doubt) {
    found.add(doubt);
  }

  /**
   * Adds a dead letter that names a run of the image.
   *
   * @return whether it contains new information
   */
  public boolean deadLetter(DeadLetter letter) {
    requireThisImage(letter.imageId());
    return lost.add(letter);
  }

  /** Runs and analyses that failed, by run index and analyzer. */
  public List<DeadLetter> deadLetters() {
    return lost.letters();
  }

  /** Dead letters that receipts refer to and that have not arrived yet. */
  public long missingDeadLetters() {
    long failures =
        tally(Stage.ANALYZERS).receipts().stream()
            .mapToLong(receipt -> StageTotals.sum(receipt.getFailures()))
            .sum();
    return Math.max(0, failures - lost.failedAnalyses())
        + Math.max(0, tally(Stage.MAPPER).deadRuns() - lost.rejectedRuns(Stage.MAPPER))
        + Math.max(0, tally(Stage.ANALYZERS).deadRuns() - lost.rejectedRuns(Stage.ANALYZERS));
  }

  /** Number of invalid receipts, which were not counted. */
  public long rejectedReceipts() {
    return rejectedCount;
  }

  /** Page counts of the producer, or null if they have not arrived. */
  public @Nullable PageCounts readCounts() {
    if (closed != null) {
      return closed.getReadCounts();
    }
    return manifest == null ? null : manifest.getReadCounts();
  }

  /** The number of runs sent according to the producer, or -1 if it is not known. */
  long sentRuns() {
    return closed == null ? -1 : closed.getRunCount();
  }

  /** Whether the pages add up, and if not, why. Requires a pass over all receipts. */
  public LedgerProof proof() {
    return LedgerCheck.of(this);
  }

  /** The problems of invalid receipts, as sentences. */
  List<String> rejected() {
    List<String> sentences = new ArrayList<>(rejected);
    if (rejectedCount > rejected.size()) {
      sentences.add("%d more receipts are invalid.".formatted(rejectedCount - rejected.size()));
    }
    return sentences;
  }

  StageTally tally(Stage stage) {
    StageTally tally = stages.get(stage);
    if (tally == null) {
      throw new IllegalStateException("no tally for " + stage);
    }
    return tally;
  }

  static long blockCount(ImageManifest manifest) {
    return new BlockLayout(manifest.getRunsPerBlock()).blockCount(manifest.getRunCount());
  }

  private ImageManifest knownManifest() {
    if (manifest == null) {
      throw new IllegalStateException("no manifest yet");
    }
    return manifest;
  }

  private void requireThisImage(String other) {
    if (!other.equals(imageId)) {
      throw new IllegalArgumentException("a record of image " + other + " in ledger " + imageId);
    }
  }
}
