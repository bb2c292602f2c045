package io.pagestream.images.container;

/** Told now and then how far the unwrapping of a compressed image has come. */
@FunctionalInterface
public interface UnwrapProgress {
  /** Tells nobody. */
  UnwrapProgress NONE = (file, bytesIn, totalBytesIn, bytesOut) -> {};

  /**
   * Called on the thread that opens the image, about once for every 8 MiB of output.
   *
   * @param file the file's name
   * @param bytesIn compressed bytes read
   * @param totalBytesIn compressed bytes that there are
   * @param bytesOut bytes written, zeros included
   */
  void unwrapped(String file, long bytesIn, long totalBytesIn, long bytesOut);

  /**
   * Called on the same thread for what a file of ours on the disk has grown by; blocks of zeros are
   * not written and take no space.
   *
   * @param bytes bytes written since the last call
   */
  default void stored(long bytes) {}
}
