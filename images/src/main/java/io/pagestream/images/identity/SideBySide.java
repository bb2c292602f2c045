package io.pagestream.images.identity;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps two readings of an image's files close to each other: one hashes them, the other searches
 * their pages for page tables. Data read by one is found by the other in the system's page cache,
 * so that an image larger than the machine's memory is read from the disk once for both
 * (docs/decisions/0023-how-often-an-image-is-read.md). The reading that is ahead waits; a reading
 * that has ended delays nothing. Thread-safe.
 */
public final class SideBySide {
  /** Bytes by which one reading may be ahead of the other; small for the page cache of any host. */
  private static final long MOST_LEAD_BYTES = 256L << 20;

  private final long mostLeadBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long totalBytes;
  private long hashedBytes;
  private long searchedBytes;

  /** Two readings that have not begun. */
  SideBySide() {
    this(MOST_LEAD_BYTES);
  }

  /** The same with a different maximum lead. */
  SideBySide(long mostLeadBytes) {
    this.mostLeadBytes = mostLeadBytes;
  }

  /**
   * Marks the start of hashing. Until then the search does not wait.
   *
   * @param bytes sum of the files' sizes
   */
  void hashingBegins(long bytes) {
    lock.lock();
    try {
      totalBytes = bytes;
    } finally {
      lock.unlock();
    }
  }

  /** Reports the number of hashed bytes; waits while the search is too far behind. */
  void hashed(long bytes) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      hashedBytes = bytes;
      changed.signalAll();
      while (hashedBytes - searchedBytes > mostLeadBytes) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Reports the number of searched pages; waits while hashing is too far behind. */
  public void searched(long pagesDone, long pages) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      // Holes and headers make files and pages differ in size; their order is about the same.
      long bytes = (long) ((double) pagesDone / Math.max(1, pages) * totalBytes);
      searchedBytes = Math.max(searchedBytes, bytes);
      changed.signalAll();
      while (searchedBytes - hashedBytes > mostLeadBytes) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Marks the end of hashing. */
  void hashingEnded() {
    lock.lock();
    try {
      hashedBytes = Long.MAX_VALUE;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Marks the end of the search, or that there is none. */
  public void searchEnded() {
    lock.lock();
    try {
      searchedBytes = Long.MAX_VALUE;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
