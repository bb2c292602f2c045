package io.pagestream.schemas.page;

/**
 * Groups the run indexes of an image into blocks. Each receipt covers one block, and a block is
 * entirely on one partition, so that the receipt of a block depends only on its runs.
 *
 * @param runsPerBlock run indexes in a block, at least 1
 */
public record BlockLayout(int runsPerBlock) {
  /**
   * Maximum number of runs in a block: 256 runs of 64 pages are 64 MiB, so that a 1 TiB image costs
   * 16,384 receipts per stage and 1 GiB in flight is still 16 blocks.
   */
  public static final int MAX_RUNS_PER_BLOCK = 256;

  /** Minimum number of blocks of a sufficiently large image; limits the skew between partitions. */
  private static final long AIM_BLOCKS = 2048;

  /** Checks the limit. */
  public BlockLayout {
    if (runsPerBlock < 1 || runsPerBlock > MAX_RUNS_PER_BLOCK) {
      throw new IllegalArgumentException("runsPerBlock " + runsPerBlock);
    }
  }

  /** The layout for an image of {@code runCount} runs. */
  public static BlockLayout forImage(long runCount) {
    return new BlockLayout(Math.clamp(runCount / AIM_BLOCKS, 1, MAX_RUNS_PER_BLOCK));
  }

  /** The block of a run. */
  public long blockOf(long runIndex) {
    return runIndex / runsPerBlock;
  }

  /** First run index of a block. */
  public long firstRun(long block) {
    return block * runsPerBlock;
  }

  /** Blocks of an image of {@code runCount} runs. */
  public long blockCount(long runCount) {
    return (runCount + runsPerBlock - 1) / runsPerBlock;
  }
}
