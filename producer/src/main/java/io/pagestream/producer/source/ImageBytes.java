package io.pagestream.producer.source;

import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.io.Closeable;
import java.lang.foreign.MemorySegment;

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
   * @throws PagestreamException IMAGE_TRUNCATED if it is not all there
   */
  default MemorySegment require(long offset, int size, String what) {
    if (!contains(offset, size)) {
      throw truncated(offset, what);
    }
    MemorySegment bytes = MemorySegment.ofArray(new byte[size]);
    if (read(offset, bytes) != size) {
      throw truncated(offset, what);
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
        ErrorCode.IMAGE_CORRUPT, name(), offset, what, "copy the image again, or acquire it anew");
  }
}
