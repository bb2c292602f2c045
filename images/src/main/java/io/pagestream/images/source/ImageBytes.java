package io.pagestream.images.source;

import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.io.Closeable;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Random access to the bytes of one image file, decompressed if necessary. Read by one thread. */
public interface ImageBytes extends Closeable {
  /** The file's name in messages. */
  String name();

  /** Length in bytes when the file was opened. */
  long length();

  /**
   * Fills {@code destination}, as far as bytes exist.
   *
   * @param offset offset of the first byte
   * @return number of bytes read: fewer than requested at the end of the file, or if the device
   *     cannot read it
   * @throws PagestreamException READ_FAILED if the file is no longer open
   */
  long read(long offset, MemorySegment destination);

  /**
   * Number of bytes from an offset on that are known to be zero without reading them, because they
   * are in a hole of a sparse file. 0 if that is not known: the bytes may be zero nevertheless.
   */
  default long zerosFrom(long offset) {
    return 0;
  }

  /** Whether these are a file's own bytes, at the file's own offsets. */
  default boolean isFile() {
    return false;
  }

  /** The doubtful bytes that are known so far. */
  default List<DoubtfulBytes> doubts() {
    return List.of();
  }

  /** Size of the file as stored, compressed or not; its claims are limited in proportion to it. */
  default long storedLength() {
    return length();
  }

  @Override
  void close();

  /** Whether {@code [offset, offset + size)} is in the file; safe against overflow. */
  default boolean contains(long offset, long size) {
    return offset >= 0 && size >= 0 && size <= length() && offset <= length() - size;
  }

  /**
   * Reads a required header or table.
   *
   * @param size in bytes; limited by the caller
   * @param what name of the header or table, for the message
   * @throws PagestreamException IMAGE_TRUNCATED if it is incomplete, IMAGE_UNREADABLE if the disk
   *     cannot read it
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

  /** The error for a structure that is not completely in the file. */
  default PagestreamException truncated(long offset, String what) {
    return PagestreamException.at(
        ErrorCode.IMAGE_TRUNCATED,
        name(),
        offset,
        "the file ends after %d bytes, before the end of %s".formatted(length(), what),
        "copy the image again");
  }

  /** The error for an impossible structure. */
  default PagestreamException corrupt(long offset, String what) {
    return PagestreamException.at(
        ErrorCode.IMAGE_CORRUPT, name(), offset, what, "copy the image again or acquire it again");
  }

  /** What a format says of a file of a kind that is not read. */
  default PagestreamException unsupported(String what, String next) {
    return PagestreamException.inFile(ErrorCode.FORMAT_UNSUPPORTED, name(), what, next);
  }
}
