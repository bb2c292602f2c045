package io.pagestream.schemas.ledger;

import io.pagestream.schemas.avro.RunReceipt;
import io.pagestream.schemas.page.BlockLayout;
import io.pagestream.schemas.page.PageBitmap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The receipts of one stage for one image, one per block. */
final class StageTally {
  private final Map<Long, RunReceipt> byBlock = new HashMap<>();
  private StageProgress progress = StageProgress.NONE;
  private long rewritten;
  private long contradictions;
  private int emptyBlocks;

  /**
   * Adds a receipt. It replaces an earlier one for the same block if it counts all runs of that one
   * and more: a lost run was delivered again. Any other difference is a contradiction, because
   * stages are deterministic, and the first receipt is kept.
   *
   * @return whether it contains new information
   */
  boolean add(RunReceipt receipt) {
    RunReceipt before = byBlock.get(receipt.getBlock());
    if (receipt.equals(before)) {
      return false;
    }
    if (before != null) {
      if (!goesOn(before, receipt)) {
        contradictions++;
        return true;
      }
      rewritten++;
      count(before, -1);
    }
    byBlock.put(receipt.getBlock(), receipt);
    count(receipt, 1);
    return true;
  }

  /** Whether a receipt counts all runs of an earlier one and at least one more. */
  private static boolean goesOn(RunReceipt before, RunReceipt after) {
    if (after.getRuns() <= before.getRuns()) {
      return false;
    }
    long runs = before.getLastRunIndex() - before.getFirstRunIndex() + 1;
    for (int run = 0; run < runs; run++) {
      if (PageBitmap.isSet(before.getCountedRuns(), run)
          && !PageBitmap.isSet(after.getCountedRuns(), run)) {
        return false;
      }
    }
    return true;
  }

  private void count(RunReceipt receipt, int sign) {
    emptyBlocks += receipt.getRuns() == 0 ? sign : 0;
    progress =
        progress.plus(
            new StageProgress(
                (long) sign * receipt.getRuns(),
                sign * receipt.getPageCount(),
                sign * receipt.getPayloadBytes(),
                sign * StageTotals.sum(receipt.getFindings())));
  }

  StageProgress progress() {
    return progress;
  }

  /** Receipts that counted more runs than an earlier one for the same block. */
  long rewritten() {
    return rewritten;
  }

  /** Number of runs that became dead letters according to the receipts. */
  long deadRuns() {
    return byBlock.values().stream()
        .mapToLong(receipt -> PageBitmap.count(receipt.getDeadRuns()))
        .sum();
  }

  /** Number of receipts that contradict an earlier one for the same block; not counted. */
  long contradictions() {
    return contradictions;
  }

  int blocks() {
    return byBlock.size();
  }

  /** Blocks without a counted run: all runs became dead letters, or never arrived. */
  int emptyBlocks() {
    return emptyBlocks;
  }

  /** Whether a run was counted, and not every analyzer failed on it. */
  boolean isFinished(BlockLayout layout, long runIndex) {
    long block = layout.blockOf(runIndex);
    RunReceipt receipt = byBlock.get(block);
    int position = (int) (runIndex - layout.firstRun(block));
    return receipt != null
        && PageBitmap.isSet(receipt.getCountedRuns(), position)
        && !PageBitmap.isSet(receipt.getFailedRuns(), position);
  }

  Collection<RunReceipt> receipts() {
    return byBlock.values();
  }

  /** The first blocks without a receipt, at most {@code most}. */
  List<Long> missingBlocks(long blockCount, int most) {
    List<Long> missing = new ArrayList<>();
    for (long block = 0; block < blockCount && missing.size() < most; block++) {
      if (!byBlock.containsKey(block)) {
        missing.add(block);
      }
    }
    return missing;
  }

  /** Blocks whose receipt counts fewer runs than the block has, in order, at most {@code most}. */
  List<Long> shortBlocks(BlockLayout layout, long runCount, int most) {
    return byBlock.values().stream()
        .filter(receipt ->
            receipt.getRuns()
                < Math.min(layout.firstRun(receipt.getBlock() + 1), runCount)
                    - layout.firstRun(receipt.getBlock()))
        .map(RunReceipt::getBlock)
        .sorted()
        .limit(most)
        .toList();
  }
}
