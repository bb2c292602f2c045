package io.pagestream.images.source;

import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.io.Closeable;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Random access to the bytes of one image file, wrapped or not. Read by one thread. */
public interface ImageBytes extends Closeable {
  /** The file's name in messages. */
  String name();

  /** Length in bytes, as it was when the file was opened. */
  long length();

  /**
   * Reads into all of {@code destination}, as far as the bytes go.
   *
   * @param offset offset of the first byte
   * @return number of bytes read: fewer than asked for where the file ends, or where the device
   *     cannot read it
   * @throws PagestreamException READ_FAILED if the file is no longer open
   */
  long read(long offset, MemorySegment destination);

  /** Whether these are a file's own bytes, at the file's own offsets. */
  default boolean isFile() {
    return false;
  }

  /** What of the bytes cannot be relied on, as far as it is known already. */
  default List<DoubtfulBytes> doubts() {
    return List.of();
  }

  /** Bytes that the file takes on the disk, compressed if it is; what it claims is held to them. */
  default long storedLength() {
    return length();
  }

  @Override
  void close();

  /** Whether {@code [offset, offset + size)} lies in the file; safe against overflow. */
  default boolean contains(long offset, long size) {
    return offset >= 0 && size >= 0 && size <= length() && offset <= length() - size;
  }

  /**
   * Reads a header or table that must be there.
   *
   * @param size in bytes; the caller bounds it before it calls
   * @param what the thing that is read, for the message
   * @throws PagestreamException IMAGE_TRUNCATED if it is not all there, IMAGE_UNREADABLE if the
   *     disk cannot read it
   */
  default MemorySegment require(long offset, int size, String what) {
    if (!contains(offset, size)) {
      throw truncated(offset, what);
    }
    MemorySegment bytes = MemorySegment.ofArray(new byte[size]);
    long there = read(offset, bytes);
    if (there != size) {
      throw PagestreamException.at(
          ErrorCode.IMAGE_UNREADABLE,
          name(),
          offset + there,
          "%s cannot be read from the disk".formatted(what),
          "copy the image from an intact disk, or acquire it again");
    }
    return bytes;
  }

  /** What a format says of something that is not all in the file. */
  default PagestreamException truncated(long offset, String what) {
    return PagestreamException.at(
        ErrorCode.IMAGE_TRUNCATED,
        name(),
        offset,
        "the file ends after %d bytes, before the end of %s".formatted(length(), what),
        "copy the image again");
  }

  /** What a format says of something that cannot be. */
  default PagestreamException corrupt(long offset, String what) {
    return PagestreamException.at(
        ErrorCode.IMAGE_CORRUPT, name(), offset, what, "copy the image again or acquire it again");
  }

  /** What a format says of a file of a kind that is not read. */
  default PagestreamException unsupported(String what, String next) {
    return PagestreamException.inFile(ErrorCode.FORMAT_UNSUPPORTED, name(), what, next);
  }
}
