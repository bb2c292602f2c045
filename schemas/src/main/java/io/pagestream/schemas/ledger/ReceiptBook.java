package io.pagestream.schemas.ledger;

import io.pagestream.schemas.avro.CappedRange;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.PageCounts;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.avro.RunReceipt;
import io.pagestream.schemas.avro.Stage;
import io.pagestream.schemas.page.BlockLayout;
import io.pagestream.schemas.page.PageBitmap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts the runs of one partition into receipts.
 *
 * <p>Kafka delivers at least once, so a run may be delivered again after a crash. A receipt records
 * which runs it has counted, so each run counts once, regardless of the number and order of
 * deliveries.
 *
 * <p>A receipt is emitted when the last missing run of its block is settled (counted, or known to
 * be a dead letter), and again whenever a run of a settled block is delivered again, because the
 * first copy may have been lost in the crash that caused the redelivery. All copies are equal, and
 * the key is the block, so copies are harmless. Blocks with missing runs are emitted by {@link
 * #close} at the image's end.
 */
public final class ReceiptBook {
  private final Stage stage;
  private final ReceiptStore store;

  /** A book for one stage on one partition. */
  public ReceiptBook(Stage stage, ReceiptStore store) {
    this.stage = stage;
    this.store = store;
  }

  /**
   * Counts a run, whose index must be within the manifest's.
   *
   * @return the receipt of the run's block if all runs of the block are settled, otherwise null
   */
  public @Nullable RunReceipt count(ImageManifest manifest, PageRun run, RunOutcome outcome) {
    RunReceipt receipt = receiptFor(manifest, run.getRunIndex());
    int position = (int) (run.getRunIndex() - receipt.getFirstRunIndex());
    if (!PageBitmap.isSet(receipt.getCountedRuns(), position)) {
      PageBitmap.set(receipt.getCountedRuns(), position);
      // A valid copy of a run replaces an earlier dead letter of it.
      PageBitmap.clear(receipt.getDeadRuns(), position);
      add(receipt, run, outcome);
      if (outcome.failed()) {
        PageBitmap.set(receipt.getFailedRuns(), position);
      }
      store.put(receipt);
    }
    return isSettled(receipt) ? receipt : null;
  }

  /**
   * Records that a run became a dead letter, so that its block can still be finished. The index
   * must be within the manifest's.
   *
   * @return the receipt of the run's block if all runs of the block are settled, otherwise null
   */
  public @Nullable RunReceipt skip(ImageManifest manifest, long runIndex) {
    RunReceipt receipt = receiptFor(manifest, runIndex);
    int position = (int) (runIndex - receipt.getFirstRunIndex());
    if (!PageBitmap.isSet(receipt.getCountedRuns(), position)
        && !PageBitmap.isSet(receipt.getDeadRuns(), position)) {
      PageBitmap.set(receipt.getDeadRuns(), position);
      store.put(receipt);
    }
    return isSettled(receipt) ? receipt : null;
  }

  /**
   * The receipts of blocks that will not be finished because some of their runs never arrived; to
   * be called when the image's end has arrived on this partition. Empty for a complete image.
   */
  public List<RunReceipt> close(String imageId) {
    List<RunReceipt> unsettled = new ArrayList<>();
    store.forEach(
        imageId,
        receipt -> {
          if (!isSettled(receipt)) {
            unsettled.add(receipt);
          }
        });
    return unsettled;
  }

  /**
   * The producer's receipt for the findings that it publishes itself: for block 0, without a run.
   *
   * @param manifest a manifest with at least one run
   * @param findings number of findings by kind
   */
  public static RunReceipt ofFindings(ImageManifest manifest, Map<String, Long> findings) {
    RunReceipt receipt = emptyReceipt(Stage.PRODUCER, manifest, 0);
    receipt.setFindings(new TreeMap<>(findings));
    return receipt;
  }

  private RunReceipt receiptFor(ImageManifest manifest, long runIndex) {
    BlockLayout layout = new BlockLayout(manifest.getRunsPerBlock());
    long block = layout.blockOf(runIndex);
    RunReceipt receipt = store.get(manifest.getImageId(), block);
    // A receipt of another plan counts different runs.
    if (receipt != null && receipt.getPlanId().equals(manifest.getPlanId())) {
      return receipt;
    }
    return emptyReceipt(stage, manifest, block);
  }

  private static RunReceipt emptyReceipt(Stage stage, ImageManifest manifest, long block) {
    BlockLayout layout = new BlockLayout(manifest.getRunsPerBlock());
    long first = layout.firstRun(block);
    long last = Math.min(layout.firstRun(block + 1), manifest.getRunCount()) - 1;
    int runs = (int) (last - first + 1);
    return RunReceipt.newBuilder()
        .setImageId(manifest.getImageId())
        .setPlanId(manifest.getPlanId())
        .setStage(stage)
        .setBlock(block)
        .setFirstRunIndex(first)
        .setLastRunIndex(last)
        .setRuns(0)
        .setCountedRuns(PageBitmap.allocate(runs))
        .setDeadRuns(PageBitmap.allocate(runs))
        .setPageCount(0)
        .setPayloadBytes(0)
        .setCounts(PageCounts.newBuilder().build())
        .setVerdictPages(new HashMap<>())
        .setRefusedPages(new HashMap<>())
        .setFindings(new HashMap<>())
        .setFailures(new HashMap<>())
        .setNotAnalyzed(new HashMap<>())
        .setFailedRuns(PageBitmap.allocate(runs))
        .setCappedFindings(new HashMap<>())
        .setCappedRanges(List.of())
        .setDecoded(new HashMap<>())
        .build();
  }

  private static boolean isSettled(RunReceipt receipt) {
    long settled = receipt.getRuns() + (long) PageBitmap.count(receipt.getDeadRuns());
    return settled == receipt.getLastRunIndex() - receipt.getFirstRunIndex() + 1;
  }

  private static void add(RunReceipt receipt, PageRun run, RunOutcome outcome) {
    receipt.setRuns(receipt.getRuns() + 1);
    receipt.setPageCount(receipt.getPageCount() + run.getPageCount());
    receipt.setPayloadBytes(receipt.getPayloadBytes() + outcome.payloadBytes());
    PageTotals.add(receipt.getCounts(), outcome.counts());
    merge(receipt.getVerdictPages(), outcome.verdictPages());
    merge(receipt.getRefusedPages(), outcome.refusedPages());
    merge(receipt.getFindings(), outcome.findings());
    merge(receipt.getFailures(), outcome.failures());
    merge(receipt.getNotAnalyzed(), outcome.notAnalyzed());
    merge(receipt.getCappedFindings(), outcome.cappedFindings());
    merge(receipt.getDecoded(), outcome.decoded());
    if (!outcome.cappedRanges().isEmpty()) {
      List<CappedRange> ranges = new ArrayList<>(receipt.getCappedRanges());
      ranges.addAll(outcome.cappedRanges());
      receipt.setCappedRanges(CappedRanges.joined(ranges));
    }
  }

  private static void merge(Map<String, Long> into, Map<String, Long> counts) {
    counts.forEach((key, count) -> into.merge(key, count, Long::sum));
  }
}
