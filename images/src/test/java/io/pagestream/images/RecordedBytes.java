package io.pagestream.images;

import io.pagestream.images.source.HeldBytes;
import io.pagestream.images.source.ImageBytes;
import java.lang.foreign.MemorySegment;
import java.util.BitSet;

/** Bytes in memory that record which of them are read. */
final class RecordedBytes implements ImageBytes {
  private final HeldBytes bytes;
  private final BitSet read = new BitSet();

  RecordedBytes(String name, byte[] content) {
    this.bytes = new HeldBytes(name, content);
  }

  /** Offsets of the bytes that were read so far. */
  BitSet offsets() {
    return (BitSet) read.clone();
  }

  @Override
  public String name() {
    return bytes.name();
  }

  @Override
  public long length() {
    return bytes.length();
  }

  @Override
  public long read(long offset, MemorySegment destination) {
    long count = bytes.read(offset, destination);
    if (count > 0) {
      read.set((int) offset, (int) (offset + count));
    }
    return count;
  }

  @Override
  public void close() {}
}
