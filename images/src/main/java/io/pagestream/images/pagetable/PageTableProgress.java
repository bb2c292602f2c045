package io.pagestream.images.pagetable;

/** Told how far the reading of an image's page tables has come. */
@FunctionalInterface
public interface PageTableProgress {
  /** Tells nobody. */
  PageTableProgress NONE = (pagesDone, pages) -> {};

  /**
   * Called on the reading thread, about once for every 64 MiB of the image that was searched.
   *
   * @param pagesDone pages searched for top-level tables
   * @param pages pages of the image
   */
  void searched(long pagesDone, long pages) throws InterruptedException;
}
