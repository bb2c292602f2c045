package io.pagestream.producer.stream;

import java.util.BitSet;

/** Blocks that the last stage has finished. Thread-safe. */
final class FinishedBlocks {
  private final BitSet blocks = new BitSet();

  synchronized void add(long block) {
    blocks.set(Math.toIntExact(block));
  }

  /** The first block that is not finished. */
  synchronized long firstMissing() {
    return blocks.nextClearBit(0);
  }
}
