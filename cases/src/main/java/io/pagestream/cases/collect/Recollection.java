package io.pagestream.cases.collect;

import io.pagestream.cases.sort.FindingSorter;
import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.avro.PageStreamRecord;
import io.pagestream.schemas.avro.RunReceipt;
import io.pagestream.schemas.codec.RecordCodec;
import io.pagestream.schemas.topic.DeadLetter;
import java.nio.file.Path;
import java.util.List;

/**
 * Repeats the page accounting of a case from its records, as the collector does for those of the
 * topics. Confined to one thread.
 */
public final class Recollection implements AutoCloseable {
  private final CaseTally tally;
  private final RejectedRecords rejected;
  private final CaseFollower follower;
  private final RecordCodec<Finding> findings = new RecordCodec<>(Finding.class);
  private final RecordCodec<PageStreamRecord> runs = new RecordCodec<>(PageStreamRecord.class);

  /**
   * An empty case.
   *
   * @param imageIds its images, in order
   * @param scratch an existing dedicated directory for temporary files
   */
  public Recollection(List<String> imageIds, Path scratch) {
    this(
        CaseTally.of(imageIds, scratch, FindingSorter.CHUNK_FINDINGS),
        new RejectedRecords(),
        CaseFollower.NONE);
  }

  /** Adds to a case that is being collected. */
  Recollection(CaseTally tally, RejectedRecords rejected, CaseFollower follower) {
    this.tally = tally;
    this.rejected = rejected;
    this.follower = follower;
  }

  /** Appends an image to the case, unless it belongs to it. */
  public void expect(String imageId) {
    tally.expect(imageId);
  }

  /**
   * The records of the images so far are complete: {@link CollectListener#completed} is not called
   * for them.
   *
   * @return the ids of images with receipts or verdicts that are missing
   */
  public List<String> loaded() {
    tally.images().forEach(CaseImage::wasComplete);
    return tally.images().stream()
        .filter(image -> !image.isComplete())
        .map(image -> image.ledger().imageId())
        .toList();
  }

  /** Adds an image's manifest, which must precede its other records. */
  public void manifest(ImageManifest manifest) {
    tally.manifest(manifest);
  }

  /** Adds a receipt. */
  public void receipt(RunReceipt receipt) {
    tally.receipt(receipt);
  }

  /** Adds a judged run without its bytes. */
  public void run(PageRun run) {
    tally.verdict(run, runs.encode(new PageStreamRecord(run)));
  }

  /** Adds a finding. */
  public void finding(Finding finding) {
    if (tally.finding(finding, findings.encode(finding))) {
      follower.finding(finding);
    }
  }

  /** Adds a dead letter, with or without an image. */
  public void deadLetter(DeadLetter letter) {
    if (letter.isRun()) {
      tally.deadLetter(letter);
    } else {
      rejected.add(letter);
    }
  }

  /**
   * The case, with all discrepancies; its findings and verdicts can be read until this object is
   * closed.
   *
   * @param notes notes about the case, in sentences
   */
  public CollectedCase collected(List<String> notes) {
    FindingsCheck check = tally.check();
    return tally.collected(check, notes, rejected, Shortfall.ofFinished(tally, check));
  }

  /** Deletes the temporary files. */
  @Override
  public void close() {
    tally.close();
  }
}
