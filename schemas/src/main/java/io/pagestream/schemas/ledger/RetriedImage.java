package io.pagestream.schemas.ledger;

import io.pagestream.schemas.avro.CappedRange;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.avro.RunReceipt;
import io.pagestream.schemas.avro.Stage;
import io.pagestream.schemas.page.BlockLayout;
import io.pagestream.schemas.page.PageBitmap;
import io.pagestream.schemas.topic.DeadLetter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An image of a finished case while its failed runs are analyzed again: its receipts are changed to
 * the state without these failures. For use by one thread.
 */
public final class RetriedImage {
  private final ImageManifest manifest;
  private final HeldReceipts producer = new HeldReceipts();
  private final HeldReceipts mapper = new HeldReceipts();
  private final HeldReceipts analyzers = new HeldReceipts();
  private final List<DeadLetter> remaining = new ArrayList<>();

  /**
   * An image in the state of its case.
   *
   * @param ledger the image's ledger, with its manifest
   */
  public RetriedImage(ImageLedger ledger) {
    this.manifest = Objects.requireNonNull(ledger.settledManifest(), "a case has manifests");
    for (RunReceipt receipt : ledger.receipts()) {
      held(receipt.getStage()).put(RunReceipt.newBuilder(receipt).build());
    }
  }

  private HeldReceipts held(Stage stage) {
    return switch (stage) {
      case PRODUCER -> producer;
      case MAPPER -> mapper;
      case ANALYZERS -> analyzers;
    };
  }

  /** The image's manifest. */
  public ImageManifest manifest() {
    return manifest;
  }

  /** Counts a run that the mapper had rejected and that has now been judged. */
  public void judged(PageRun run, RunOutcome outcome) {
    var unusedReceipt = new ReceiptBook(Stage.MAPPER, mapper).count(manifest, run, outcome);
  }

  /** Counts a run that had not been analyzed and that all analyzers have now analyzed. */
  public void analyzed(PageRun run, RunOutcome outcome) {
    var unusedReceipt = new ReceiptBook(Stage.ANALYZERS, analyzers).count(manifest, run, outcome);
  }

  /**
   * Counts an analysis that had failed and has now succeeded.
   *
   * @param failed the failure
   * @param run its run
   * @param added findings that were not in the case, by kind
   * @param outcome the outcome of the analysis, whose findings beyond the cap are counted
   */
  public void recovered(
      DeadLetter failed, PageRun run, Map<String, Long> added, RunOutcome outcome) {
    replace(failed, added);
    RunReceipt receipt = receiptOf(failed);
    outcome
        .cappedFindings()
        .forEach((kind, count) -> change(receipt.getCappedFindings(), kind, count));
    List<CappedRange> ranges = new ArrayList<>(receipt.getCappedRanges());
    ranges.addAll(outcome.cappedRanges());
    receipt.setCappedRanges(CappedRanges.joined(ranges));
    int position = (int) (run.getRunIndex() - receipt.getFirstRunIndex());
    if (PageBitmap.isSet(receipt.getFailedRuns(), position)) { // now it has been analyzed
      PageBitmap.clear(receipt.getFailedRuns(), position);
      String word = Unseen.FAILED.word();
      long pages = RunCounts.notAnalyzed(run, true).getOrDefault(word, 0L);
      change(receipt.getNotAnalyzed(), word, -pages);
    }
  }

  private void replace(DeadLetter failed, Map<String, Long> added) {
    RunReceipt receipt = receiptOf(failed);
    change(receipt.getFailures(), key(failed), -1);
    added.forEach((kind, count) -> change(receipt.getFindings(), kind, count));
  }

  /** Counts an analysis that had failed and has failed again, possibly for another reason. */
  public void failedAgain(DeadLetter before, DeadLetter now, Map<String, Long> added) {
    replace(before, added);
    change(receiptOf(now).getFailures(), key(now), 1);
    remaining.add(now);
  }

  /** Keeps a dead letter that was not retried, or whose run was rejected again. */
  public void keep(DeadLetter letter) {
    remaining.add(letter);
  }

  private RunReceipt receiptOf(DeadLetter letter) {
    long block = new BlockLayout(manifest.getRunsPerBlock()).blockOf(letter.runIndex());
    RunReceipt receipt = analyzers.get(manifest.getImageId(), block);
    if (receipt == null) {
      throw new IllegalArgumentException("no receipt covers run " + letter.runIndex());
    }
    return receipt;
  }

  private static String key(DeadLetter letter) {
    return letter.analyzer() + ':' + letter.reason();
  }

  private static void change(Map<String, Long> counts, String key, long by) {
    long count = counts.getOrDefault(key, 0L) + by;
    if (count > 0) {
      counts.put(key, count);
    } else {
      counts.remove(key);
    }
  }

  /** The current ledger of the image. */
  public ImageLedger ledger() {
    ImageLedger ledger = new ImageLedger(manifest.getImageId());
    ledger.manifest(manifest);
    producer.forEach(manifest.getImageId(), ledger::receipt);
    mapper.forEach(manifest.getImageId(), ledger::receipt);
    analyzers.forEach(manifest.getImageId(), ledger::receipt);
    remaining.forEach(ledger::deadLetter);
    return ledger;
  }
}
