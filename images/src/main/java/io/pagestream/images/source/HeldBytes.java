package io.pagestream.images.source;

import java.lang.foreign.MemorySegment;

/** Bytes in memory: the beginning of a file. */
public final class HeldBytes implements ImageBytes {
  private final String name;
  private final MemorySegment segment;

  /** Wraps the bytes of a file with a name. */
  public HeldBytes(String name, byte[] bytes) {
    this.name = name;
    this.segment = MemorySegment.ofArray(bytes);
  }

  /** All bytes. */
  public MemorySegment segment() {
    return segment;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long length() {
    return segment.byteSize();
  }

  @Override
  public long read(long offset, MemorySegment destination) {
    if (offset < 0 || offset >= length()) {
      return 0;
    }
    long count = Math.min(destination.byteSize(), length() - offset);
    MemorySegment.copy(segment, offset, destination, 0, count);
    return count;
  }

  @Override
  public void close() {}
}
