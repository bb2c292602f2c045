package io.pagestream.analyzers.stage;

import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.lang.foreign.MemorySegment;

/** The files of images, for pages to which runs refer. Used by several threads concurrently. */
@FunctionalInterface
public interface PayloadFiles {
  /** No files are available: runs must contain their bytes. */
  PayloadFiles NONE =
      (manifest, file, offset, destination) -> {
        throw PagestreamException.of(
            ErrorCode.FILE_NOT_FOUND,
            "the pages are in a file of %s that is not available".formatted(manifest.getName()),
            "name its folder with --images, or stream it with --payload inline");
      };

  /**
   * Reads bytes of a file.
   *
   * @param manifest the image
   * @param file index of the file among the image's
   * @param offset offset of the first byte
   * @param destination native memory, all of which is filled
   * @throws PagestreamException if the file is not available, has changed, or cannot be read
   */
  void read(ImageManifest manifest, int file, long offset, MemorySegment destination);
}
