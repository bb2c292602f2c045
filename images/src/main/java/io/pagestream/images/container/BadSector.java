package io.pagestream.images.container;

import java.io.IOException;

/** A part of a file that the disk cannot read. */
final class BadSector extends IOException {
  private static final long serialVersionUID = 1L;

  private final long offset;
  private final long next;

  /**
   * A part that cannot be read.
   *
   * @param offset where it begins
   * @param next where the file can be read again, or its length
   */
  BadSector(long offset, long next) {
    super("cannot be read at offset 0x%x".formatted(offset));
    this.offset = offset;
    this.next = next;
  }

  /** Where it begins. */
  long offset() {
    return offset;
  }

  /** Where the file can be read again. */
  long next() {
    return next;
  }
}
