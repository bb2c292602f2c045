package io.pagestream.producer.stream;

import io.pagestream.images.pagetable.PageTableProgress;
import java.time.Duration;

/**
 * Reports the progress of the search for page tables once per second, starting after the first
 * second, and ends the search if its thread is interrupted.
 */
public final class SearchProgress implements PageTableProgress {
  private static final long INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();

  private final StreamListener listener;
  private long reported = System.nanoTime();

  /** Reports to a listener. */
  public SearchProgress(StreamListener listener) {
    this.listener = listener;
  }

  @Override
  public void searched(long pagesDone, long pages) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (System.nanoTime() - reported >= INTERVAL_NANOS) {
      reported = System.nanoTime();
      listener.searchingPageTables(pagesDone, pages);
    }
  }
}
