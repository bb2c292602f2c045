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
 * Accounts for a case again from its records, as the collector does for those of the topics.
 * Belongs to one thread.
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
   * @param scratch an existing directory of its own for temporary files
   */
  public Recollection(List<String> imageIds, Path scratch) {
    this.tally = CaseTally.of(imageIds, scratch, FindingSorter.CHUNK_FINDINGS);
  }

  /** Takes an image's manifest, which comes before its other records. */
  public void manifest(ImageManifest manifest) {
    tally.manifest(manifest);
  }

  /** Takes a receipt. */
  public void receipt(RunReceipt receipt) {
    tally.receipt(receipt);
  }

  /** Takes a judged run without its bytes. */
  public void run(PageRun run) {
    tally.verdict(run, runs.encode(new PageStreamRecord(run)));
  }

  /** Takes a finding. */
  public void finding(Finding finding) {
    tally.finding(finding, findings.encode(finding));
  }

  /** Takes a dead letter, of an image or of none. */
  public void deadLetter(DeadLetter letter) {
    if (letter.isRun()) {
      tally.deadLetter(letter);
    } else {
      rejected.add(letter);
    }
  }

  /**
   * The case, with all that does not add up; its findings and verdicts can be read until this is
   * closed.
   *
   * @param notes what is worth knowing about it, in sentences
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
