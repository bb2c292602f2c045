package io.pagestream.analyzers.extent;

/**
 * How far a file extends.
 *
 * @param length number of bytes from its first one; at least 1
 * @param complete whether the file ends there according to its own structure; otherwise it is cut,
 *     or its format does not mark its end
 * @param verified whether checksums confirm all or most of the content
 */
public record FileExtent(long length, boolean complete, boolean verified) {
  /** A file whose end is known. */
  static FileExtent complete(long length) {
    return new FileExtent(length, true, false);
  }

  /** A file whose end is known, and whose checksums are correct. */
  static FileExtent verified(long length) {
    return new FileExtent(length, true, true);
  }

  /** A file whose bytes after {@code length} are missing or belong to something else. */
  static FileExtent cut(long length) {
    return new FileExtent(length, false, false);
  }
}
