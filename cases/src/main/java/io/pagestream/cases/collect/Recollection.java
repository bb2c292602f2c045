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
  private final RejectedRecords rejected = new RejectedRecords();
  private final RecordCodec<Finding> findings = new RecordCodec<>(Finding.class);
  private final RecordCodec<PageStreamRecord> runs = new RecordCodec<>(PageStreamRecord.class);

  /**
   * An empty case.
   *
   * @param imageIds its images, in order
   * @param scratch an existing dedicated directory for temporary files
   */
  public Recollection(List<String> imageIds, Path scratch) {
    this.tally = CaseTally.of(imageIds, scratch, FindingSorter.CHUNK_FINDINGS);
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
    tally.finding(finding, findings.encode(finding));
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
