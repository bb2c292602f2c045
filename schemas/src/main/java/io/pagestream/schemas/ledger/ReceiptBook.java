package io.pagestream.schemas.ledger;

import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.PageCounts;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.avro.RunReceipt;
import io.pagestream.schemas.avro.Stage;
import io.pagestream.schemas.page.BlockLayout;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts the runs of one partition into receipts. Kafka delivers at least once, so a run may come
 * again after a crash; within a block runs come in the order of their index, so a run at or below
 * the last counted one has been counted already. A finished receipt is kept, and given out again
 * when the last run of its block comes again, since the first copy may have been lost with the
 * crash.
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
   * Counts a run.
   *
   * @return the receipt of the run's block if this was the block's last run, otherwise null
   */
  public @Nullable RunReceipt count(ImageManifest manifest, PageRun run, RunOutcome outcome) {
    BlockLayout layout = new BlockLayout(manifest.getRunsPerBlock());
    long runIndex = run.getRunIndex();
    long block = layout.blockOf(runIndex);
    RunReceipt receipt = store.get(manifest.getImageId(), block);
    if (receipt == null) {
      receipt = empty(manifest.getImageId(), block, layout.firstRun(block));
    }
    if (runIndex > receipt.getLastRunIndex()) {
      add(receipt, run, outcome);
      store.put(receipt);
    }
    long lastOfBlock = Math.min(layout.firstRun(block + 1), manifest.getRunCount()) - 1;
    return runIndex == lastOfBlock ? receipt : null;
  }

  private RunReceipt empty(String imageId, long block, long firstRunIndex) {
    return RunReceipt.newBuilder()
        .setImageId(imageId)
        .setStage(stage)
        .setBlock(block)
        .setFirstRunIndex(firstRunIndex)
        .setLastRunIndex(firstRunIndex - 1)
        .setRuns(0)
        .setPageCount(0)
        .setPayloadBytes(0)
        .setCounts(PageCounts.newBuilder().build())
        .setVerdictPages(new HashMap<>())
        .setRefusedPages(new HashMap<>())
        .setFindings(new HashMap<>())
        .setFailures(new HashMap<>())
        .build();
  }

  private static void add(RunReceipt receipt, PageRun run, RunOutcome outcome) {
    receipt.setLastRunIndex(run.getRunIndex());
    receipt.setRuns(receipt.getRuns() + 1);
    receipt.setPageCount(receipt.getPageCount() + run.getPageCount());
    receipt.setPayloadBytes(receipt.getPayloadBytes() + outcome.payloadBytes());
    PageTotals.add(receipt.getCounts(), outcome.counts());
    merge(receipt.getVerdictPages(), outcome.verdictPages());
    merge(receipt.getRefusedPages(), outcome.refusedPages());
    merge(receipt.getFindings(), outcome.findings());
    merge(receipt.getFailures(), outcome.failures());
  }

  private static void merge(Map<String, Long> into, Map<String, Long> counts) {
    counts.forEach((key, count) -> into.merge(key, count, Long::sum));
  }
}
