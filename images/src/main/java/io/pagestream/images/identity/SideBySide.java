package io.pagestream.images.identity;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps two readings of an image's files near each other: the one that hashes them, and the one
 * that searches their pages for page tables. What one has read, the other finds in the system's
 * page cache, so that an image larger than the machine's memory comes from the disk once for both
 * (docs/decisions/0023-how-often-an-image-is-read.md). The one that is ahead waits; a reading that
 * has ended holds up nothing. Thread-safe.
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

  /** The same with another lead. */
  SideBySide(long mostLeadBytes) {
    this.mostLeadBytes = mostLeadBytes;
  }

  /**
   * Hashing begins. Until then the search does not wait.
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

  /** So many bytes have been hashed; waits while the search is too far behind. */
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

  /** So many of an image's pages have been searched; waits while hashing is too far behind. */
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

  /** Nothing more is hashed. */
  void hashingEnded() {
    lock.lock();
    try {
      hashedBytes = Long.MAX_VALUE;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Nothing more is searched, or nothing ever will be. */
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
