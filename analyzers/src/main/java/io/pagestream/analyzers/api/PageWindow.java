package io.pagestream.analyzers.api;

import java.lang.foreign.MemorySegment;

/**
 * What an analyzer sees: physically contiguous bytes in native memory, of which {@code [ownStart,
 * ownEnd)} are the window's own and the rest are neighbours. Offsets count from the segment's first
 * byte. Where memory is not contiguous, or its bytes are not at hand (left out, unreadable,
 * withheld), the window simply ends. Pages that the mapper refused are shown like others, unless it
 * skips them ({@code --skip-refused}).
 *
 * @param bytes native memory; read only during the call
 * @param physicalAddress physical address of the segment's first byte
 * @param ownStart offset of the first byte that an artifact of this window may start at
 * @param ownEnd offset after the last such byte; {@code 0 <= ownStart < ownEnd <= bytes.byteSize()}
 */
public record PageWindow(MemorySegment bytes, long physicalAddress, int ownStart, int ownEnd) {
  /** Checks the offsets. */
  public PageWindow {
    if (ownStart < 0 || ownStart >= ownEnd || ownEnd > bytes.byteSize()) {
      throw new IllegalArgumentException(
          "own part [%d, %d) of %d bytes".formatted(ownStart, ownEnd, bytes.byteSize()));
    }
  }

  /** Offset after the last byte that is shown. */
  public int limit() {
    return (int) bytes.byteSize();
  }

  /** Physical address of a byte. */
  public long addressOf(int offset) {
    return physicalAddress + offset;
  }

  /** Whether an artifact that starts at {@code offset} belongs to this window. */
  public boolean owns(int offset) {
    return offset >= ownStart && offset < ownEnd;
  }
}
