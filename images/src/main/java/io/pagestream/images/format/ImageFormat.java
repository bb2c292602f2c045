package io.pagestream.images.format;

import io.pagestream.images.memory.MemoryImage;
import io.pagestream.images.source.ImageBytes;
import io.pagestream.images.writing.ImageWriter;
import io.pagestream.schemas.error.PagestreamException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A memory image format. To add one: implement this interface in a separate package, list it in
 * {@link io.pagestream.images.ImageFormats}, and extend {@code MemoryImageContract} in the tests.
 */
public interface ImageFormat {
  /** Maximum number of bytes passed to {@link #recognises}. */
  int HEADER_BYTES = 64 << 10;

  /** Short name, with which users force the format. */
  String name();

  /** The format in prose. */
  FormatDescription description();

  /**
   * Whether the file is of this format, damaged or not.
   *
   * @param header the first bytes of the file: {@link #HEADER_BYTES}, or all if there are fewer
   */
  boolean recognises(MemorySegment header);

  /**
   * Whether a file that no format recognizes by its first bytes is of this format nevertheless,
   * with a damaged beginning: its other headers show that. Otherwise the file is taken for raw
   * memory, at wrong addresses.
   */
  default boolean recognisesDamaged(ImageBytes bytes) {
    return false;
  }

  /** Whether several files may make up one image. */
  default boolean mayBeSplit() {
    return false;
  }

  /**
   * The part of an image that a file contains, for formats that {@linkplain #mayBeSplit() may be
   * split}.
   *
   * @param beginning the first bytes of the file, of any format
   * @return empty if the file is an image by itself, of another format, or damaged: opening it
   *     reports the damage
   */
  default Optional<ImagePart> part(ImageBytes beginning) {
    return Optional.empty();
  }

  /** The ways in which memory can be written in this format; none by default. */
  default List<ImageWriter> writers() {
    return List.of();
  }

  /**
   * Whether a file's name is that of one of two files of an image: memory without a header, and a
   * file that {@linkplain #describes describes} it.
   */
  default boolean hasCompanion(Path file) {
    return false;
  }

  /**
   * Whether a file of this format describes the memory in another file, which has no header. Only
   * the names are compared; both files together are one image.
   */
  default boolean describes(Path description, Path memory) {
    return false;
  }

  /**
   * Reads the headers.
   *
   * @return the image, which closes {@link ImageInput#parts()} when it is closed
   * @throws PagestreamException if nothing can be read as this format; the caller then closes the
   *     parts
   */
  MemoryImage open(ImageInput input);
}
