package io.pagestream.cases.collect;

/** Receives the progress of collecting. */
@FunctionalInterface
public interface CollectListener {
  /**
   * Called on the collecting thread several times a second, whether anything has arrived or not.
   * What it throws ends the collecting: so a caller gives up when a stage has died.
   */
  void progress(CollectProgress progress);

  /**
   * Called in the place of {@link #progress} while everything that has come is done, and the next
   * image is searched for its page tables.
   *
   * @param pagesDone pages searched
   * @param pages pages to search
   */
  default void searchingPageTables(long pagesDone, long pages) {}

  /**
   * Called in the place of {@link #progress} while everything that has come is done, and the files
   * of the next image are hashed.
   *
   * @param file name of the file
   * @param bytesDone bytes hashed
   * @param bytes bytes to hash
   */
  default void hashing(String file, long bytesDone, long bytes) {}
}
