package io.pagestream.producer.stream;

import io.pagestream.schemas.avro.PageReference;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.page.Pages;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Page bytes in flight: sent, and not yet covered by the last stage's receipts. The sender waits
 * while they reach the limit, so that neither the broker's disk nor its memory grows with the
 * image, and pages that analyzers read by reference are still in the system's page cache.
 * Thread-safe: the sender adds, the follower of the receipts removes.
 */
final class InFlight {
  private final long maxBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<Long, Long> bytesOfBlock = new HashMap<>();
  private long bytes;

  /**
   * Creates a limit.
   *
   * @param maxBytes bytes in flight at which the sender waits; one block may exceed it
   */
  InFlight(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Page bytes that a run passes to the analyzers, inline or by reference. */
  static long bytesOf(PageRun run) {
    long pages = run.getReferences().stream().mapToLong(PageReference::getPageCount).sum();
    return run.getPages().remaining() + run.getLookAhead().remaining() + Pages.address(pages);
  }

  /** Counts a run of a block that is about to be sent. */
  void add(long block, long runBytes) {
    lock.lock();
    try {
      bytesOfBlock.merge(block, runBytes, Long::sum);
      bytes += runBytes;
    } finally {
      lock.unlock();
    }
  }

  /** Marks a block as finished by the last stage; unknown blocks are ignored. */
  void finished(long block) {
    lock.lock();
    try {
      Long ofBlock = bytesOfBlock.remove(block);
      if (ofBlock != null) {
        bytes -= ofBlock;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until there is room.
   *
   * @return whether there is room now; false after the time
   */
  boolean awaitRoom(long nanos) throws InterruptedException {
    return await(() -> bytes < maxBytes, nanos);
  }

  /**
   * Waits until the last stage has finished every block.
   *
   * @return whether it has; false after the time
   */
  boolean awaitNothing(long nanos) throws InterruptedException {
    return await(bytesOfBlock::isEmpty, nanos);
  }

  private boolean await(BooleanSupplier condition, long nanos) throws InterruptedException {
    lock.lock();
    try {
      long left = nanos;
      while (!condition.getAsBoolean() && left > 0) {
        left = changed.awaitNanos(left);
      }
      return condition.getAsBoolean();
    } finally {
      lock.unlock();
    }
  }

  /** Bytes in flight now. */
  long bytes() {
    lock.lock();
    try {
      return bytes;
    } finally {
      lock.unlock();
    }
  }
}
