package io.pagestream.images.writing;

import java.io.IOException;

/** Writes memory in one format. */
public interface ImageWriter {
  /** The format. */
  OutputFormat format();

  /**
   * Writes all pages that the memory stores, each at its physical address.
   *
   * @param memory the memory; may be read more than once
   * @param output receives the file's bytes, at any offset
   * @throws IOException if the disk does not accept the bytes
   * @throws InterruptedException if the thread was interrupted
   * @throws io.pagestream.schemas.error.PagestreamException FORMAT_UNSUPPORTED if the format cannot
   *     hold this memory
   */
  void write(StoredMemory memory, ImageOutput output) throws IOException, InterruptedException;
}
