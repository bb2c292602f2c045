package io.pagestream.analyzers.stage;

import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.lang.foreign.MemorySegment;

/** The files of images, for pages that runs only refer to. Used by several threads at a time. */
@FunctionalInterface
public interface PayloadFiles {
  /** No files are at hand: runs must carry their bytes. */
  PayloadFiles NONE =
      (imageId, file, offset, destination) -> {
        throw PagestreamException.of(
            ErrorCode.FILE_NOT_FOUND,
            "the pages are in a file of image " + imageId + " that is not at hand here",
            "stream the image with --payload inline");
      };

  /**
   * Reads bytes of a file.
   *
   * @param file index of the file among the image's
   * @param offset offset of the first byte
   * @param destination native memory, all of which is filled
   * @throws PagestreamException if the file is not at hand, has changed, or cannot be read
   */
  void read(String imageId, int file, long offset, MemorySegment destination);
}
