package io.pagestream.images.format.kdump;

import io.pagestream.images.source.ImageBytes;
import io.pagestream.schemas.page.Pages;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/** A stretch of the file in native memory, from which pages are decompressed. */
final class Window {
  /** Holds the data of a run of 256 stored pages. */
  static final int CAPACITY = 256 * Pages.SIZE;

  private final MemorySegment segment = Arena.ofAuto().allocate(CAPACITY, Pages.SIZE);
  private final ByteBuffer buffer = segment.asByteBuffer();
  private final ImageBytes bytes;
  private long start;
  private long end;

  Window(ImageBytes bytes) {
    this.bytes = bytes;
  }

  /** All of the window's memory. */
  MemorySegment segment() {
    return segment;
  }

  /** The same memory; code that sets position or limit resets them. */
  ByteBuffer buffer() {
    return buffer;
  }

  /** Whether the window holds {@code [offset, offset + size)} of the file. */
  boolean holds(long offset, int size) {
    return offset >= start && offset + size <= end;
  }

  /** The position of a file offset in the window. */
  int place(long offset) {
    return (int) (offset - start);
  }

  /** Moves to a stretch of the file of at most {@link #CAPACITY}; unreadable bytes are missing. */
  void load(long offset, int size) {
    start = offset;
    end = offset + bytes.read(offset, segment.asSlice(0, size));
  }
}
