package io.pagestream.cases.collect;

import java.util.List;

/** Receives the progress of collecting. */
@FunctionalInterface
public interface CollectListener {
  /**
   * Called on the collecting thread several times a second, whether anything has arrived or not. An
   * exception ends the collecting, for example when a stage has failed.
   */
  void progress(CollectProgress progress);

  /**
   * Called once for each image as soon as everything of it has arrived, while others may still be
   * collected.
   *
   * @param image a case with this image only; valid during the call
   */
  default void completed(CollectedCase image) {}

  /**
   * Called instead of {@link #progress} while all received records have been processed and the next
   * image is searched for its page tables.
   *
   * @param pagesDone pages searched
   * @param pages pages to search
   */
  default void searchingPageTables(long pagesDone, long pages) {}

  /**
   * Called before the first {@link #progress} while images have not been opened on the cluster.
   *
   * @param missing the names of the images; empty if the cluster has no images at all
   */
  default void waitingForImages(List<String> missing) {}

  /**
   * Called instead of {@link #progress} while all received records have been processed and the
   * files of the next image are hashed.
   *
   * @param file name of the file
   * @param bytesDone bytes hashed
   * @param bytes bytes to hash
   */
  default void hashing(String file, long bytesDone, long bytes) {}
}
