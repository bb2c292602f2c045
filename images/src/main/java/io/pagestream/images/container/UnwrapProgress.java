package io.pagestream.images.container;

/** Receives the progress of decompressing an image. */
@FunctionalInterface
public interface UnwrapProgress {
  /** Ignores the progress. */
  UnwrapProgress NONE = (file, bytesIn, totalBytesIn, bytesOut) -> {};

  /**
   * Called on the thread that opens the image, about once for every 8 MiB of output.
   *
   * @param file the file's name
   * @param bytesIn compressed bytes read
   * @param totalBytesIn total number of compressed bytes
   * @param bytesOut bytes written, including zeros
   */
  void unwrapped(String file, long bytesIn, long totalBytesIn, long bytesOut);

  /**
   * Called on the same thread when a scratch file on the disk has grown; blocks of zeros are not
   * written and take no space.
   *
   * @param bytes bytes written since the last call
   */
  default void stored(long bytes) {}
}
