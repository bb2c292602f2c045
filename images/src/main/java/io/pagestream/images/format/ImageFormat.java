package io.pagestream.images.format;

import io.pagestream.images.memory.MemoryImage;
import io.pagestream.schemas.error.PagestreamException;
import java.lang.foreign.MemorySegment;

/**
 * A memory image format. To add one: implement this in a package of its own, list it in {@link
 * io.pagestream.images.ImageFormats}, and extend {@code MemoryImageContract} in the tests.
 */
public interface ImageFormat {
  /** Bytes of a file that {@link #recognises} sees, at most. */
  int HEADER_BYTES = 4096;

  /** Short name, as the user writes it to force the format. */
  String name();

  /**
   * Whether the file is of this format, damaged or not.
   *
   * @param header the first bytes of the file: {@link #HEADER_BYTES}, or all if there are fewer
   */
  boolean recognises(MemorySegment header);

  /** Whether several files may make up one image. */
  default boolean mayBeSplit() {
    return false;
  }

  /**
   * Reads the headers.
   *
   * @return the image, which closes {@link ImageInput#parts()} when it is closed
   * @throws PagestreamException if there is nothing that could be read as this format; the caller
   *     closes the parts then
   */
  MemoryImage open(ImageInput input);
}
