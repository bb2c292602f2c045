package io.pagestream.images.kernelrecord;

import io.pagestream.images.memory.MemoryImage;
import io.pagestream.images.pagetable.PageSearch;
import io.pagestream.images.pagetable.PageTableProgress;

/** Reads the records of the kernel whose memory is in an image. */
@FunctionalInterface
public interface KernelRecordReader {
  /** Reads nothing. */
  KernelRecordReader OFF = (image, search, progress) -> KernelRecords.NONE;

  /**
   * Reads the records.
   *
   * @param search the image's pages, searched at most once for all readers
   * @return {@link KernelRecords#NONE} if the image has none; damage is a warning, never an
   *     exception
   * @throws InterruptedException if {@code progress} does
   */
  KernelRecords read(MemoryImage image, PageSearch search, PageTableProgress progress)
      throws InterruptedException;
}
