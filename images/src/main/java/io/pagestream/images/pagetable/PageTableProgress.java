package io.pagestream.images.pagetable;

/** Receives the progress of reading an image's page tables. */
@FunctionalInterface
public interface PageTableProgress {
  /** Ignores the progress. */
  PageTableProgress NONE = (pagesDone, pages) -> {};

  /**
   * Called on the reading thread, about once for every 64 MiB of the image that was searched.
   *
   * @param pagesDone pages searched for top-level tables
   * @param pages pages of the image
   */
  void searched(long pagesDone, long pages) throws InterruptedException;
}
