package io.pagestream.producer.stream;

import java.time.Duration;
import java.util.BitSet;

/** Blocks that the last stage has finished. Thread-safe. */
final class FinishedBlocks {
  private final BitSet blocks = new BitSet();
  private long added;

  synchronized void add(long block) {
    blocks.set(Math.toIntExact(block));
    added++;
    notifyAll();
  }

  /** Waits until another block is added; returns whether one was within the time. */
  synchronized boolean awaitNext(Duration most) throws InterruptedException {
    long before = added;
    long end = System.nanoTime() + most.toNanos();
    for (long left = most.toMillis(); added == before && left > 0; ) {
      wait(left);
      left = (end - System.nanoTime()) / 1_000_000;
    }
    return added != before;
  }

  /** The first block that is not finished. */
  synchronized long firstMissing() {
    return blocks.nextClearBit(0);
  }
}
