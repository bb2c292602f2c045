package io.pagestream.images.container;

import io.pagestream.images.source.ImageBytes;
import java.lang.foreign.MemorySegment;

/**
 * Bytes on a disk with one bad stretch: a read that begins in it fails, one before it ends there.
 */
final class BadDisk implements ImageBytes {
  private final byte[] content;
  private final long badFrom;
  private final long badTo;

  BadDisk(byte[] content, long badFrom, long badTo) {
    this.content = content;
    this.badFrom = badFrom;
    this.badTo = badTo;
  }

  /** A sound disk. */
  BadDisk(byte[] content) {
    this(content, Long.MAX_VALUE, Long.MAX_VALUE);
  }

  @Override
  public String name() {
    return "image";
  }

  @Override
  public long length() {
    return content.length;
  }

  @Override
  public long read(long offset, MemorySegment destination) {
    if (offset < 0 || offset >= content.length || (offset >= badFrom && offset < badTo)) {
      return 0;
    }
    long end = Math.min(content.length, offset + destination.byteSize());
    if (offset < badFrom) {
      end = Math.min(end, badFrom);
    }
    MemorySegment.copy(MemorySegment.ofArray(content), offset, destination, 0, end - offset);
    return end - offset;
  }

  @Override
  public void close() {}
}
